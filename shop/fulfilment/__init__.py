"""How an order reaches its customer: zones, addresses, promises, slots.

May import shop.opening and the packages below it.
"""
