"""Orders: checking, placing, finding and changing them, their status, acceptance, unseen orders,
alarms, news to customers, items that ran out. May import shop.carts and the packages below it.
"""
