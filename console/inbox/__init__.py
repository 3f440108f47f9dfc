"""Conversations with customers, tickets, and what went wrong in either direction."""
