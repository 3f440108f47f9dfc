"""The room *Team*: staff accounts, the audit log, and each person's own settings."""
