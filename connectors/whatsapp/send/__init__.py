"""The out tray's process: sending, news of orders, media, maintenance, read receipts.

Knows no Rasa. May import connectors.whatsapp.api and connectors.whatsapp.messages.
"""
