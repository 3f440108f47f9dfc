"""WhatsApp's side: the shapes of its webhooks, the Graph API's client, its errors.

Knows no Rasa. May import nothing else of connectors.whatsapp.
"""
