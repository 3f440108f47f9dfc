"""The tables as SQLAlchemy models; the migrations make them, and a test compares both.

Who must learn of a new column: a migration (storage/migrations/__init__.py has the rules); for
text, JSON and bytes storage/personal.py, and if customers' words may stand in it, erasure
(shop/customers/personal_data.py) and retention (trays/queries.sql); whoever writes and shows it.
For a column of orders docs/architecture.md, "Where to look for what", names these.
"""

from storage.models.alerts import (
    AccountNotice,
    AccountState,
    Alert,
    AlertKind,
    NoticeKind,
    PushDevice,
    PushKey,
)
from storage.models.answers import CannedReply, FaqAnswer, OlderText, ResponseText
from storage.models.base import Base
from storage.models.customers import ConversationState, KeptCart, Subscription, UserProfile
from storage.models.events import events
from storage.models.figures import (
    DayFigure,
    Erasure,
    ErasureState,
    Figure,
    FigureDay,
    FigureSlot,
    OnlineStep,
)
from storage.models.going_live import Consent, MessageTemplate, Notice, NoticeTemplate, Topic
from storage.models.menus import (
    Change,
    MenuProblem,
    TemplateType,
    WorkflowTemplate,
    WorkflowTemplateVersion,
)
from storage.models.messages import Direction, WhatsappMessage
from storage.models.notices import MediaFile, NoticeState, OrderNotice
from storage.models.orders import Order, OrderStatus, Ticket
from storage.models.pictures import KeptPicture, UploadedPicture
from storage.models.products import (
    Category,
    Option,
    OptionGroup,
    Product,
    ProductOptionGroup,
)
from storage.models.seeds import SeedApplied
from storage.models.shop import (
    Acceptance,
    CustomerAddress,
    DeliveryZone,
    Fulfilment,
    OpeningException,
    OpeningHours,
    ShopSettings,
    WhenUnaccepted,
)
from storage.models.shortages import Shortage, ShortageState
from storage.models.staff import (
    AuditEntry,
    LoginAttempt,
    LoginPlace,
    MenuDraft,
    OrderSighting,
    Role,
    Staff,
    StaffLink,
    StaffSession,
    TicketAssignment,
    WaitingSighting,
)
from storage.models.unclear import UnclearMessage

__all__ = [
    "Acceptance",
    "AccountNotice",
    "AccountState",
    "Alert",
    "AlertKind",
    "AuditEntry",
    "Base",
    "CannedReply",
    "Category",
    "Change",
    "Consent",
    "ConversationState",
    "CustomerAddress",
    "DayFigure",
    "DeliveryZone",
    "Direction",
    "Erasure",
    "ErasureState",
    "FaqAnswer",
    "Figure",
    "FigureDay",
    "FigureSlot",
    "Fulfilment",
    "KeptCart",
    "KeptPicture",
    "LoginAttempt",
    "LoginPlace",
    "MediaFile",
    "MenuDraft",
    "MenuProblem",
    "MessageTemplate",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "NoticeTemplate",
    "OlderText",
    "OnlineStep",
    "OpeningException",
    "OpeningHours",
    "Option",
    "OptionGroup",
    "Order",
    "OrderNotice",
    "OrderSighting",
    "OrderStatus",
    "Product",
    "ProductOptionGroup",
    "PushDevice",
    "PushKey",
    "ResponseText",
    "Role",
    "SeedApplied",
    "ShopSettings",
    "Shortage",
    "ShortageState",
    "Staff",
    "StaffLink",
    "StaffSession",
    "Subscription",
    "TemplateType",
    "Ticket",
    "TicketAssignment",
    "Topic",
    "UnclearMessage",
    "UploadedPicture",
    "UserProfile",
    "WaitingSighting",
    "WhatsappMessage",
    "WhenUnaccepted",
    "WorkflowTemplate",
    "WorkflowTemplateVersion",
    "events",
]
