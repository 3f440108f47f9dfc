"""The room *Answers*: answers to common questions, the bot's wording, and unclear messages."""
