"""Where, when and how the food is to be had, as customers say it."""
