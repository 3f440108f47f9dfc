"""The queues of incoming and outgoing messages in PostgreSQL.

No message is lost, duplicated or reordered when a process crashes. May import storage and settings.
"""
