"""The sentence model: a sentence becomes a vector. Imports nothing else of nlu."""
