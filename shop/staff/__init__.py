"""The people who work in the console: logins, passwords, one-time links, the audit log.

Imports nothing else of the shop.
"""
