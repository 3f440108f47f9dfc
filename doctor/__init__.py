"""Says whether the shop can go live, point by point: fine, or in trouble and what to do.

`make doctor` prints it, the console's page *Going live* shows it: the same points, the same words.
"""
