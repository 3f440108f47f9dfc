"""Support tickets: opened, assigned, waited for.

May import shop.language.
"""
