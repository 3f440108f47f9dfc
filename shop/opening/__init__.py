"""When the shop is open, and the switch that pauses it.

May import nothing of shop but shop.language.
"""
