"""Support tickets: opening, assigning and closing them, and the customers who wait.

May import shop.language and shop.whatsapp.
"""
