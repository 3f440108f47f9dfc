"""Rasa's events, as the `SQLEvent` of its tracker store declares them.

https://github.com/RasaHQ/rasa/blob/3.6.21/rasa/core/tracker_store.py
"""

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from storage.models.base import Base

events = Table(
    "events",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
    Index("ix_events_sender_id", "sender_id"),
)
