"""The room *Going live*: what `make doctor` says, and the templates of notices."""
