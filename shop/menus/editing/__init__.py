"""The owner's menus before customers see them: drafts, their problems, and their changes.

May import shop.menus and what that may import; shop.menus does not import this.
"""
