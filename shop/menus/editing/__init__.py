"""The owner's menus before customers see them: drafts, their problems, and their changes.

May import shop.menus, which knows nothing of this.
"""
