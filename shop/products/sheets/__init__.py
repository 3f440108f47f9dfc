"""Products, options and categories as tables of a spreadsheet: read, planned, applied, written.

May import shop.products and shop.products.editing.
"""
