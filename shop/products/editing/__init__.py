"""Products, options and categories as the console changes them: what is typed, checked and stored.

May import shop.products but not shop.products.sheets, which imports this.
"""
