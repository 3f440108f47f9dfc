"""The people who work here, what each of them changed, and everybody's own settings."""
