"""The products as the understanding sees them, and the words that may mean each.

May import nlu.words and nlu.database.
"""
