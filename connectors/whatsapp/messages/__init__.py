"""The replies of a turn, and their layout as WhatsApp messages.

Knows no Rasa. May import connectors.whatsapp.api.
"""
