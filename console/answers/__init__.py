"""What the bot answers to common questions, in the owner's words."""
