"""The shop's account at Meta: its number, app, token and templates, by the Graph API.

Sending messages is not here (connectors/whatsapp/api). docs/whatsapp.md has the facts.
"""
