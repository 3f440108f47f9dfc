"""The meaning of a button's or row's id, and the names of menus.

Uses no database. May import shop.support (the categories of issues).
"""
