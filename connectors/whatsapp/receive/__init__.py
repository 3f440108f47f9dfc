"""The webhook: signature, parsing, accepting, and the process that serves it.

Knows no Rasa. May import connectors.whatsapp.send, .messages and .api.
"""
