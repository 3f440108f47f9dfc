"""The one validator of interactive messages: Meta's limits and rules, for whoever writes or sends.

It imports the limits and shapes of shop/whatsapp alone.
"""
