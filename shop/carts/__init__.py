"""Carts: the lines, notes and terms of an order before it is placed, how sentences change them, and
carts that are kept. May import shop.fulfilment and the packages below it.
"""
