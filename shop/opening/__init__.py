"""When the shop is open, and the switch that pauses it.

May import shop.products and the packages below it.
"""
