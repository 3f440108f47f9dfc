"""Menus: what customers can tap on, edited beside a phone that shows it."""
