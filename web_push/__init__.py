"""Sends messages to browsers by their push services: encrypted (RFC 8291), signed (RFC 8292).

Imports nothing of ours. The primitives are `cryptography`'s and PyJWT's: pywebpush needs http-ece,
which has no wheel, and our locks take nothing that would have to be built.
"""
