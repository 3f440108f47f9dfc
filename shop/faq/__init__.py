"""Answers to common questions, and their editing.

May import shop.whatsapp (the length of a message).
"""
