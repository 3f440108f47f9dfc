"""What the shop sells: prices, what is sold out, other words, order of appearance."""
