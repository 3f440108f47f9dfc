"""The owner's menus before customers see them: drafts, what is wrong with them, what they change.

May import shop.menus, which knows nothing of this.
"""
