"""The room *Shop*: how it trades, its hours, where it delivers, and the switch on every page."""
