"""Export and erasure of one customer's data, as the law requires."""
