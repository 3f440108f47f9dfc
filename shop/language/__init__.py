"""The languages of the shop, the wording of responses, normal forms of text for comparing, and
masking. Imports nothing else of the shop.
"""
