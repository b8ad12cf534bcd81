"""A text that tools trip over, and its mapping: CR LF, Arabic, marks, astral characters."""

TEXT = (
    "SALT GATE, 9 May \u2014 \U0001f6a2 The Harbour Guard held\r\nSalt Gate on Friday. "
    "\u0642\u0627\u0644 \u0627\u0644\u062d\u0627\u0643\u0645: "
    "\u0627\u0644\u0628\u0648\u0627\u0628\u0629 \u0644\u0646\u0627\u064b. "
    "A cafe\u0301 burned by \U00010330 pier. The Harbour Guard left.\r\n"
)
MAPPING = """format = 1
status = "draft"

# what the page is
[article]
title     = "Salt Gate held"
publisher = "unstated"
language  = "en"

[coding]
coder = "coder-1"

[[part]]
kind = "body"
from = "SALT GATE"
to   = "Guard left."

# --- who speaks
[voice.governor]
form    = "indirect"
speaker = { unnamed = "\u0627\u0644\u062d\u0627\u0643\u0645" }
cue     = "\u0642\u0627\u0644 \u0627\u0644\u062d\u0627\u0643\u0645"
words   = "\u0627\u0644\u0628\u0648\u0627\u0628\u0629 \u0644\u0646\u0627\u064b"

[claim.gate-held]
controller = [{ unnamed = "The Harbour Guard" }]
place      = [{ described = "Salt Gate" }]
degree     = "full"
words      = "held\\r\\nSalt Gate" # over a line break

[claim.cafe-burned]
type  = "destruction"
words = ["cafe\u0301 burned", "\U00010330 pier"]

[claim.guard-left]
type     = "withdrawal"
lost-by  = [{ unnamed = "The Harbour Guard" }]
denies   = "gate-held"
words    = "The Harbour Guard"
nth      = 2
"""
