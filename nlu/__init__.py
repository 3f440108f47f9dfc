"""Natural language understanding: our components of Rasa's NLU pipeline, and their parts."""
