"""What is said in a turn, and how it is laid out as WhatsApp messages.

Knows no Rasa. May import connectors.whatsapp.api.
"""
