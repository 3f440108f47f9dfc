"""What can be bought and at which price: the catalogue, stock, pictures, money.

May import shop.taps, shop.support and shop.language.
"""
