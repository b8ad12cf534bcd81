"""What is stated, made ready to be shown: terms, words, dates, claims, periods, citations."""
