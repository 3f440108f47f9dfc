"""Steps: where a conversation can stand, what each step asks, and what a yes, a no or another wish
does there. May import shop.taps.
"""
