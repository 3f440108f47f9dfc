"""What a trained model understands, measured on messages that it never saw."""
