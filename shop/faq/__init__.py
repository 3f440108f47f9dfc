"""Answers to common questions, canned replies and the bot's own texts, and their editing.

May import shop.customers and the packages below it, but not shop.menus or shop.staff.
"""
