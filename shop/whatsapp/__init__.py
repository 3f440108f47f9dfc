"""Meta's limits, message bodies, and rules of sending: templates, consent, the 24-hour window.

Imports nothing else of the shop.
"""
