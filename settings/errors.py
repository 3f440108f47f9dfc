"""The base of errors that say the same each time."""


class DocstringError(Exception):
    """An error whose message is the docstring of its class."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)
