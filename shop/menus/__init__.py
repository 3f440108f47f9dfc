"""The owner's menus: loading, cache, as shown, keywords, reply ids, translation.

May import every other package of the shop but shop.staff and shop.faq.
"""
