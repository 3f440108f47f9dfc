"""Exceptions that end a request with a message to the user."""

from console.translation import say


class Refused(Exception):
    """A request that cannot be served; `status` is HTTP's, `message` is what the person reads."""

    def __init__(self, status: int, message: str) -> None:
        self.message = say(message)
        super().__init__(self.message)
        self.status = status


class NotFound(Refused):
    """There is nothing here by that name."""

    def __init__(self, what: str = "page") -> None:
        super().__init__(404, f"This {what} does not exist, or not any more.")


class Forged(Refused):
    """A change that did not come from one of our own pages."""

    def __init__(self) -> None:
        super().__init__(
            403, "This page is too old, or the request came from elsewhere. Load it again."
        )


class NotAllowed(Refused):
    """Only an owner may do this."""

    def __init__(self) -> None:
        super().__init__(403, "Only an owner may do this.")


class NoAnswer(Refused):
    """The database is away."""

    def __init__(self) -> None:
        super().__init__(503, "The database does not answer. Try again soon.")


class TooBusy(Refused):
    """More people want to log in at once than passwords can be looked at."""

    def __init__(self) -> None:
        super().__init__(503, "Too many people are logging in just now. Try again in a moment.")


class DoneButBroken(Refused):
    """The change is made, and the fault in showing it is ours; the log says where it is."""

    def __init__(self) -> None:
        super().__init__(500, "It is done, but the page about it is broken. Go to another one.")


class Broken(Refused):
    """The fault is ours, and the log says where it is."""

    def __init__(self) -> None:
        super().__init__(500, "Something went wrong here; nothing was changed.")
