"""The room *Going live*: the findings of `make doctor`, and the templates of notices."""
