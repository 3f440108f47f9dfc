"""The tables, as SQLAlchemy models; the migrations make them, a test keeps both alike."""

from storage.models.answers import FaqAnswer
from storage.models.base import Base
from storage.models.customers import ConversationState, Subscription, UserProfile
from storage.models.events import events
from storage.models.figures import Erasure, ErasureState, Figure, FigureSlot, OnlineStep
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
from storage.models.products import Product
from storage.models.seeds import SeedApplied
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
)
from storage.models.unclear import UnclearMessage

__all__ = [
    "AuditEntry",
    "Base",
    "Change",
    "ConversationState",
    "Direction",
    "Erasure",
    "ErasureState",
    "FaqAnswer",
    "Figure",
    "FigureSlot",
    "LoginAttempt",
    "LoginPlace",
    "MediaFile",
    "MenuDraft",
    "MenuProblem",
    "NoticeState",
    "OnlineStep",
    "Order",
    "OrderNotice",
    "OrderSighting",
    "OrderStatus",
    "Product",
    "Role",
    "SeedApplied",
    "Staff",
    "StaffLink",
    "StaffSession",
    "Subscription",
    "TemplateType",
    "Ticket",
    "TicketAssignment",
    "UnclearMessage",
    "UserProfile",
    "WhatsappMessage",
    "WorkflowTemplate",
    "WorkflowTemplateVersion",
    "events",
]
