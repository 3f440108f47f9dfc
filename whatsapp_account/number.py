"""The shop's phone number at Meta, and how well it and its account are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from whatsapp_account.graph import Graph, Json

FIELDS = (
    "id",
    "display_phone_number",
    "verified_name",
    "name_status",
    "quality_rating",
    "throughput",
    "status",
    "platform_type",
)
# Since v24 the limit is the whole business's, under another name.
OLD_LIMIT, NEW_LIMIT = "messaging_limit_tier", "whatsapp_business_manager_messaging_limit"
LAST_OLD_VERSION = 23


@dataclass(frozen=True)
class Health:
    """Whether one part of the account (PHONE_NUMBER, WABA, BUSINESS, APP) may send, as Meta says.

    errors: code, what is wrong and what to do. remarks: what limits it.
    """

    kind: str
    id: str
    state: str
    errors: Sequence[tuple[int, str, str]] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Number:
    """What Meta says of the number; an empty text where it says nothing.

    is_in_app: whether the WhatsApp Business app uses it, too ("coexistence").
    webhooks: the addresses that Meta uses, by where they are set (phone_number,
    whatsapp_business_account, application).
    """

    id: str
    phone: str
    name: str
    name_status: str
    quality: str
    throughput: str
    status: str
    platform: str
    limit: str = ""
    health: Sequence[Health] = ()
    webhooks: dict[str, str] = field(default_factory=dict)
    is_in_app: bool = False

    def health_of(self, kind: str) -> Health | None:
        """The health of one part; None if Meta does not speak of it."""
        return next((each for each in self.health if each.kind == kind), None)

    @property
    def webhook(self) -> str:
        """The address that Meta delivers this number's messages to."""
        found = self.webhooks
        kinds = ("phone_number", "whatsapp_business_account", "application")
        return next((found[kind] for kind in kinds if found.get(kind)), "")


def fetch_number(graph: Graph, number_id: str, version: str) -> Number:
    """The number with everything beside it.

    Raises:
        GraphTrouble
    """
    found = graph.read(number_id, FIELDS)
    health = graph.read_optional(number_id, "health_status") or {}
    limit = graph.read_optional(number_id, limit_field(version))
    webhooks = graph.read_optional(number_id, "webhook_configuration") or {}
    in_app = graph.read_optional(number_id, "is_on_biz_app")
    throughput = found.get("throughput")
    return Number(
        id=number_id,
        phone=_read_text(found, "display_phone_number"),
        name=_read_text(found, "verified_name"),
        name_status=_read_text(found, "name_status"),
        quality=_read_text(found, "quality_rating"),
        throughput=_read_text(throughput if isinstance(throughput, dict) else {}, "level"),
        status=_read_text(found, "status"),
        platform=_read_text(found, "platform_type"),
        limit=limit if isinstance(limit, str) else "",
        health=[_health(each) for each in health.get("entities") or ()],
        is_in_app=in_app is True,
        webhooks={kind: url for kind, url in webhooks.items() if isinstance(url, str)},
    )


def limit_field(version: str) -> str:
    """The field that holds the messaging limit in this version of the API (`v23.0`)."""
    major = version.lstrip("v").partition(".")[0]
    return NEW_LIMIT if major.isdecimal() and int(major) > LAST_OLD_VERSION else OLD_LIMIT


def _health(entity: Json) -> Health:
    errors = [
        (
            int(each.get("error_code") or 0),
            _read_text(each, "error_description"),
            _read_text(each, "possible_solution"),
        )
        for each in entity.get("errors") or ()
    ]
    return Health(
        _read_text(entity, "entity_type"),
        _read_text(entity, "id"),
        _read_text(entity, "can_send_message"),
        errors,
        [str(each) for each in entity.get("additional_info") or ()],
    )


def _read_text(node: Json, name: str) -> str:
    value = node.get(name)
    return str(value) if value is not None else ""
