"""The room *Shop*: trade settings, hours, delivery zones, and the switch on every page."""
