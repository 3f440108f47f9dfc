"""The shop's account at Meta: the number, the app, the token. Tests change it to cause troubles."""

from dataclasses import asdict, dataclass, field

from emulator.chat import Json
from emulator.config import BUSINESS_ACCOUNT, SHOP_NAME, SHOP_PHONE, Config

APP = "634974688087057"
BUSINESS = "506914307656634"
RIGHTS = ["whatsapp_business_management", "whatsapp_business_messaging"]
FIELDS = [
    "messages",
    "smb_message_echoes",
    "user_preferences",
    "message_template_status_update",
    "account_update",
    "phone_number_quality_update",
]


@dataclass
class Account:
    """The state of the account; by default everything is fine.

    problems: {"entity": "WABA", "state": "BLOCKED", "code", "words", "cure"}, as in the health
    status; with the state LIMITED the words are a remark. review: whether new templates are
    `approve`d, `reject`ed or `wait`. funding: None if the token may not read it.
    """

    verified_name: str = SHOP_NAME
    name_status: str = "APPROVED"
    quality_rating: str = "GREEN"
    throughput: str = "STANDARD"
    status: str = "CONNECTED"
    platform_type: str = "CLOUD_API"
    messaging_limit: str = "TIER_2K"
    is_on_biz_app: bool = False
    problems: list[Json] = field(default_factory=list)
    token_is_valid: bool = True
    token_expires_at: int = 0
    rights: list[str] = field(default_factory=lambda: list(RIGHTS))
    is_subscribed: bool = True
    fields: list[str] = field(default_factory=lambda: list(FIELDS))
    callback_url: str = ""
    funding: str | None = None
    review: str = "approve"

    @classmethod
    def from_config(cls, config: Config) -> "Account":
        """The account of an app whose webhook is where the shop serves it."""
        return cls(callback_url=config.webhook_url)

    def change(self, given: Json) -> None:
        """Changes fields of the account.

        Raises:
            ValueError: a field is unknown, or its value has another type.
        """
        for name, value in given.items():
            known = asdict(self).get(name, ...)
            if known is ...:
                raise ValueError(f"unknown: {name}; known: {', '.join(asdict(self))}")
            if known is not None and type(value) is not type(known):
                raise ValueError(f"{name} is a {type(known).__name__}")
            setattr(self, name, value)

    def number_fields(self, config: Config) -> Json:
        """Every field of the number that this version of the API knows."""
        limit = "messaging_limit_tier"
        if config.major_version >= NEW_LIMIT_VERSION:
            limit = "whatsapp_business_manager_messaging_limit"
        return {
            "id": config.phone_number_id,
            "display_phone_number": SHOP_PHONE,
            "verified_name": self.verified_name,
            "name_status": self.name_status,
            "quality_rating": self.quality_rating,
            "throughput": {"level": self.throughput},
            "status": self.status,
            "platform_type": self.platform_type,
            "code_verification_status": "VERIFIED",
            "is_on_biz_app": self.is_on_biz_app,
            "health_status": self.health(config),
            "webhook_configuration": {"application": self.callback_url},
            limit: self.messaging_limit,
        }

    def account_fields(self, config: Config) -> Json:
        """Every field of the WhatsApp Business Account."""
        return {
            "id": BUSINESS_ACCOUNT,
            "name": SHOP_NAME,
            "currency": "INR",
            "account_review_status": "APPROVED",
            "health_status": self.health(config),
            "primary_funding_id": self.funding,
        }

    def health(self, config: Config) -> Json:
        """The health status: the worst state of all entities, and each entity's own."""
        ids = {
            "PHONE_NUMBER": config.phone_number_id,
            "WABA": BUSINESS_ACCOUNT,
            "BUSINESS": BUSINESS,
            "APP": APP,
        }
        entities = [self._entity(kind, key) for kind, key in ids.items()]
        states = [entity["can_send_message"] for entity in entities]
        worst = next((s for s in ("BLOCKED", "LIMITED") if s in states), "AVAILABLE")
        return {"can_send_message": worst, "entities": entities}

    def _entity(self, kind: str, key: str) -> Json:
        entity: Json = {"entity_type": kind, "id": key, "can_send_message": "AVAILABLE"}
        for problem in (each for each in self.problems if each["entity"] == kind):
            entity["can_send_message"] = problem["state"]
            if problem["state"] == "LIMITED":
                entity.setdefault("additional_info", []).append(problem["words"])
                continue
            error = {
                "error_code": problem["code"],
                "error_description": problem["words"],
                "possible_solution": problem["cure"],
            }
            entity.setdefault("errors", []).append(error)
        return entity

    def token_fields(self) -> Json:
        """The answer of `/debug_token` for the token."""
        return {
            "app_id": APP,
            "type": "SYSTEM_USER",
            "application": SHOP_NAME,
            "expires_at": self.token_expires_at,
            "data_access_expires_at": 0,
            "is_valid": self.token_is_valid,
            "scopes": self.rights,
            "granular_scopes": [
                {"scope": right, "target_ids": [BUSINESS_ACCOUNT]} for right in self.rights
            ],
        }


NEW_LIMIT_VERSION = 24
