"""Products and prices: the catalogue, stock, pictures, money.

May import shop.taps, shop.support and shop.language.
"""
