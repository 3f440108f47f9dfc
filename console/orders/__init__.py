"""The orders board: what is to be done, in columns by status."""
