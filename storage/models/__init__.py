"""The tables, as SQLAlchemy models; the migrations make them, a test keeps both alike."""

from storage.models.base import Base
from storage.models.customers import ConversationState, Subscription, UserProfile
from storage.models.events import events
from storage.models.menus import Change, TemplateType, WorkflowTemplate, WorkflowTemplateVersion
from storage.models.messages import Direction, WhatsappMessage
from storage.models.orders import Order, OrderStatus, Ticket
from storage.models.products import Product
from storage.models.seeds import SeedApplied

__all__ = [
    "Base",
    "Change",
    "ConversationState",
    "Direction",
    "Order",
    "OrderStatus",
    "Product",
    "SeedApplied",
    "Subscription",
    "TemplateType",
    "Ticket",
    "UserProfile",
    "WhatsappMessage",
    "WorkflowTemplate",
    "WorkflowTemplateVersion",
    "events",
]
