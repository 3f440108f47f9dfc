"""Support tickets: opened, assigned, waited for, and whether a complaint says what happened.

May import shop.language.
"""
