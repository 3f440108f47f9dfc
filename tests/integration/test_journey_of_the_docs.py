"""The actions of docs/adding-a-journey.md run on the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from settings import ROOT
from storage.models import Ticket, UserProfile
from tests.instructions import follow_document

# In a process of its own, since another copy of the project is imported here.
BOOK_FOR_FOUR = """
import asyncio, json, sys
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from actions.table_booking import AskPeople, BookTable, RequestTable, ValidateTable

latest = {"text": "4", "intent": {"name": ""}, "entities": [], "message_id": "wamid.1"}
events = [{"event": "session_started", "timestamp": 1.0}]
dispatcher = CollectingDispatcher()

def tracker(**slots):
    return Tracker(sys.argv[1], slots, latest, events, False, None, {}, None)

entered = asyncio.run(BookTable().run(dispatcher, tracker(), {}))
asyncio.run(AskPeople().run(dispatcher, tracker(step="table_size"), {}))
checked = [ValidateTable().validate_people(n, dispatcher, tracker(), {}) for n in (4, 21)]
asyncio.run(RequestTable().run(dispatcher, tracker(step="table_size", people=4), {}))
step = [each["value"] for each in entered if each.get("name") == "step"]
said = [each["response"] for each in dispatcher.messages]
print(json.dumps({"step": step, "checked": checked, "said": said}))
"""


def test_a_table_is_booked(session: Session, database_url: str, tmp_path: Path) -> None:
    customer = UserProfile(whatsapp_phone="919800000001")
    session.add(customer)
    session.commit()
    project = follow_document(ROOT / "docs/adding-a-journey.md", ROOT, tmp_path / ROOT.name)

    answer = subprocess.run(
        [sys.executable, "-c", BOOK_FOR_FOUR, str(customer.id)],
        cwd=project,
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout.splitlines()[-1]) == {
        "step": ["table_size"],
        "checked": [{"people": 4}, {"people": None}],
        "said": ["utter_ask_people", "utter_too_many_people", "utter_table_requested"],
    }
    [ticket] = session.scalars(select(Ticket))
    assert (ticket.category, ticket.description) == ("table booking", "A table for 4")
    assert ticket.customer_id == customer.id
