"""What is checked about the training data before anything is trained."""
