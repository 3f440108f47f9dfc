"""Meta's errors: the answers to refused requests, and the errors of failed statuses.

Codes, titles and HTTP statuses are those of Meta's published error table. Meta has removed the HTTP
column for some codes; these have the last published value.
"""

from typing import Any

from emulator.identifiers import new_trace

BAD_PARAMETER = 100
BAD_TOKEN = 190
UNKNOWN_PATH = 2500
MISSING = 131008
BAD_VALUE = 131009
SENDER_IS_RECIPIENT = 131021
UNDELIVERABLE = 131026
WINDOW_CLOSED = 131047
MEDIA_UPLOAD = 131053
PAIR_RATE = 131056
TEMPLATE_COUNT = 132000
TEMPLATE_UNKNOWN = 132001
TEMPLATE_FORMAT = 132012
TEMPLATE_PAUSED = 132015
TEMPLATE_DISABLED = 132016
TEMPLATE_PARAMETER = 132018

# code: (HTTP status, title)
CATALOGUE: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    3: (500, "API Method"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    368: (403, "Temporarily blocked for policies violations"),
    2500: (404, "Unknown path components"),
    80007: (400, "Rate limit issues"),
    130403: (400, "User is blocked by the business"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (400, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Account has been locked"),
    131037: (
        400,
        "WhatsApp provided number needs display name approval before message can be sent",
    ),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Message failed to send due to a phone number registration error"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement"),
    131050: (400, "User has stopped marketing messages"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    131062: (400, "Business-scoped user id is not allowed here"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Template format character policy violated"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "Template parameter is not valid"),
    132068: (400, "Flow is blocked"),
    132069: (400, "Flow is throttled"),
    133004: (503, "Server temporarily unavailable"),
    133010: (400, "Phone number not registered"),
    134011: (400, "Payments terms have not been accepted"),
    135000: (400, "Generic user error"),
}

DETAILS = {
    UNDELIVERABLE: "Message Undeliverable.",
    WINDOW_CLOSED: "Message failed to send because more than 24 hours have passed since the "
    "customer last replied to this number.",
    MEDIA_UPLOAD: "Media upload error. The media could not be fetched or is not of this type.",
    PAIR_RATE: "Message failed to send because there were too many messages sent from this phone "
    "number to the same phone number in a short period of time.",
}
HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


class GraphError(Exception):
    """is refused by Meta with a code, a title and mostly details that name the field."""

    def __init__(
        self,
        code: int,
        details: str | None = None,
        *,
        message: str | None = None,
        subcode: int | None = None,
        kind: str = "OAuthException",
        http: int | None = None,
    ) -> None:
        status, title = CATALOGUE.get(code, (400, "Something went wrong"))
        self.code = code
        self.details = details or DETAILS.get(code)
        self.message = message or f"(#{code}) {title}"
        self.subcode = subcode
        self.kind = kind
        self.http = http or status
        super().__init__(f"{self.message} {self.details or ''}".strip())

    def body(self) -> dict[str, Any]:
        """The JSON body of the error."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode:
            error["error_subcode"] = self.subcode
        return {"error": error | {"fbtrace_id": new_trace()}}


def bad_parameter(sentence: str) -> GraphError:
    """An error with code 100, whose message is the sentence that names the parameter."""
    return GraphError(BAD_PARAMETER, message=f"(#100) {sentence}")


def bad_value(details: str) -> GraphError:
    """An error with code 131009, for a value beyond a limit; the details name the limit."""
    return GraphError(BAD_VALUE, details)


def internal_failure(code: int) -> dict[str, Any]:
    """An entry of `errors` in a failed status."""
    title = CATALOGUE.get(code, (400, "Something went wrong"))[1]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": DETAILS.get(code, title)},
        "href": HREF,
    }
