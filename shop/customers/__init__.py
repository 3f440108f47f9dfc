"""Customers: profile, conversation state, hand-over to a person, unclear messages, consent,
personal data. May import shop.orders, shop.products, shop.taps, shop.support and shop.language.
"""
