"""How sure, and whether it came about: the reader's factuality of single events, against annotated ones."""
