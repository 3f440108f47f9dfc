"""Orders: the checks of a placing, placing and finding, changing, status, acceptance, unseen
orders, alarms, news to customers, what ran out. May import shop.carts and what lies below it.
"""
