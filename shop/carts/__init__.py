"""Carts: what a customer is about to order, its lines, notes and terms, how sentences change it,
and carts that are kept. May import shop.fulfilment, shop.products and shop.language.
"""
