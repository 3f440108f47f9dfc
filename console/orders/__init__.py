"""The room *Orders*: the board in columns by status, the kitchen's page, and entering orders."""
