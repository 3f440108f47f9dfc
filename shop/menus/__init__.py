"""The owner's menus: loading, cache, as shown, keywords, reply ids, translation.

May import shop.customers and the packages below it, but not shop.staff or shop.faq.
"""
