"""What the id of a button or row means, and how menus are named.

Asks no database. May import shop.support (the categories of issues).
"""
