"""The sentence model: turns sentences into vectors. Imports nothing else of nlu."""
