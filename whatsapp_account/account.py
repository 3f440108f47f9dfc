"""Who we are at Meta: the token's app, the number, and the account that the number belongs to."""

from dataclasses import dataclass

from settings import Settings
from whatsapp_account.graph import Graph, GraphTrouble
from whatsapp_account.number import Number, fetch_number
from whatsapp_account.token import Token, read_token


@dataclass(frozen=True)
class Account:
    """What Meta tells us of ourselves; an empty id is not known.

    `trouble` says why the number could not be read.
    """

    token: Token
    number: Number | None
    trouble: GraphTrouble | None = None

    @property
    def account_id(self) -> str:
        """The WhatsApp Business Account of the number, else the only one that the token is for."""
        health = self.number and self.number.health_of("WABA")
        if health and health.id:
            return health.id
        return self.token.targets[0] if len(self.token.targets) == 1 else ""

    @property
    def app_id(self) -> str:
        return self.token.app_id


def read_account(graph: Graph, settings: Settings) -> Account:
    """The token's app, and the number with its account.

    Raises:
        GraphTrouble: Meta does not even describe the token.
    """
    token = read_token(graph, settings.whatsapp_access_token)
    try:
        number = fetch_number(
            graph, settings.whatsapp_phone_number_id, settings.whatsapp_api_version
        )
    except GraphTrouble as error:
        return Account(token, None, error)
    return Account(token, number)
