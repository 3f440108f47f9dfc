"""Orders: the cart and its changes, notes, placing and finding, status, unseen orders, news to
customers, what ran out. May import shop.products, shop.whatsapp and shop.language.
"""
