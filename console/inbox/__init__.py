"""The room *Inbox*: conversations with customers, tickets, and failed messages."""
