"""Meta's limits and message bodies: what may be sent, when, and how it is made to fit.

Imports nothing else of the shop.
"""
