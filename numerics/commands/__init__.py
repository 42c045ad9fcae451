"""The verbs of the command `gradproof`, one a file, and what they print with."""
