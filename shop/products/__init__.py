"""Products and prices: the catalogue, stock, pictures, money.

May import shop.steps, shop.taps, shop.support, shop.language and shop.whatsapp.
"""
