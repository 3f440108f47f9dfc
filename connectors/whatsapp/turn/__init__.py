"""One turn: claimed, given to Rasa, collected and committed.

May import connectors.whatsapp.api, .messages and .send, and Rasa.
"""
