"""The products and the words by which customers may name each of them.

May import nlu.words.
"""
