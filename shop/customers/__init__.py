"""Customers: profile, STOP and START, conversation state, hand-over to a person, unclear messages,
personal data. May import shop.orders and the packages below it.
"""
