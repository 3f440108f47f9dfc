"""Natural language understanding: our components of Rasa's NLU pipeline, and their parts.

May import Rasa, shop, storage and settings, but not actions, connectors or console.
"""
