"""Who held which place, when, and who says so: from mapped articles to a graph one can ask."""

import os

# Read when numpy is first imported. What is multiplied here is small: threads would spend their
# time waiting for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
