"""Numbers: what customers do and where they get lost, as pictures with the figures under them."""
