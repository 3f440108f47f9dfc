"""The understanding: components of ours in Rasa's NLU pipeline, and what they are made of."""
