"""Commands of the shell that have files of their own; `quoth.cli` takes them in."""
