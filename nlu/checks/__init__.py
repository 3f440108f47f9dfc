"""Checks of the training data, before anything is trained."""
