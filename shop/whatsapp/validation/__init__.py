"""The validator of interactive messages by Meta's limits and rules, for editors and sender alike.

May import only the limits and shapes of shop.whatsapp.
"""
