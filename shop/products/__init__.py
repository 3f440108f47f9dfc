"""What can be bought and at which price: the catalogue, its editing, money.

May import shop.taps, shop.support and shop.language.
"""
