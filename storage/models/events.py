"""Rasa's events, as the `SQLEvent` of its tracker store declares them, but for its index.

storage/migrations/online.py makes better ones.

https://github.com/RasaHQ/rasa/blob/3.6.21/rasa/core/tracker_store.py
"""

from sqlalchemy import Column, Float, Integer, String, Table, Text

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
)
