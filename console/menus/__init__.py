"""Menus: the editor with a preview, versions, and the map of links."""
