"""Steps: the places of a conversation, the question of each, and what a yes, a no or another wish
does there. May import shop.taps and the packages below it.
"""
