"""One turn: the message is claimed and given to Rasa, the replies are collected and committed.

May import connectors.whatsapp.api, .messages and .send, and Rasa.
"""
