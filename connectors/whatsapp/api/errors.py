"""Errors of sending; each class says what to do about it. error_codes.py says which code is which.

SendError
├── Retry              send the same message later
├── ThrottledNumber    send later; all customers' messages wait
├── ThrottledPair      send later; this customer's messages wait
├── NumberStopped      somebody must fix it first; all customers' messages wait
├── OutcomeUnknown     it may have been sent: wait for a receipt
└── Final              never send it again
"""


class SendError(Exception):
    """WhatsApp did not take it."""

    def __init__(self, detail: str = "", *, code: int | None = None) -> None:
        """`detail` and `code` are Meta's, or ours if Meta gave none; they hold no secrets."""
        said = " ".join(str(part) for part in (code, detail) if part not in (None, ""))
        summary = str(self.__doc__).partition("\n")[0]
        super().__init__(f"{summary} ({said})" if said else summary)
        self.code = code
        self.detail = detail


class Retry(SendError):
    """WhatsApp cannot take it just now.

    after: seconds that WhatsApp asked us to wait; None if it named none.
    most_tries: how often to try in all; None means without limit.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        code: int | None = None,
        after: float | None = None,
        most_tries: int | None = None,
    ) -> None:
        super().__init__(detail, code=code)
        self.after = after
        self.most_tries = most_tries


class ThrottledNumber(SendError):
    """Our number sends too much.

    after: seconds that WhatsApp asked us to wait; None if it named none.
    """

    def __init__(
        self, detail: str = "", *, code: int | None = None, after: float | None = None
    ) -> None:
        super().__init__(detail, code=code)
        self.after = after


class ThrottledPair(SendError):
    """This customer was sent too much in a short time."""


class NumberStopped(SendError):
    """Our number may not send until somebody has put this right.

    pause: seconds after which one message tests whether it still may not.
    """

    def __init__(self, detail: str = "", *, code: int | None = None, pause: float = 30.0) -> None:
        super().__init__(detail, code=code)
        self.pause = pause


class OutcomeUnknown(SendError):
    """The message left and no answer came: it may have been sent.

    Sending it again at once could deliver it twice; a receipt with its callback data decides.
    """


class Final(SendError):
    """WhatsApp will never take this message."""
