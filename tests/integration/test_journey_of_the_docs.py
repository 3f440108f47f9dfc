"""The actions of docs/adding-a-journey.md run on the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from settings import ROOT
from storage.models import Ticket
from tests.instructions import follow_document
from tests.integration.customers import store_customer

# In a process of its own, since another copy of the project is imported here.
BOOK_A_TABLE = """
import asyncio, json, sys
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from actions.table_booking import (
    AskPeople, AskVisit, BookTable, RequestTable, TakePeople, ValidatePeople, ValidateVisit,
)

latest = {"text": "4", "intent": {"name": ""}, "entities": [], "message_id": "wamid.1"}
events = [{"event": "session_started", "timestamp": 1.0}]
dispatcher = CollectingDispatcher()

def tracker(**slots):
    return Tracker(sys.argv[1], slots, latest, events, False, None, {}, None)

def done(action, **slots):
    return asyncio.run(action.run(dispatcher, tracker(**slots), {}))

visit = {"text": "tomorrow 7 pm", "clock": "19:00", "part": None, "in_minutes": None, "now": False}
entered = done(BookTable())
done(AskPeople(), step="table_size")
checked = [ValidatePeople().validate_people(n, dispatcher, tracker(), {}) for n in (4, 21)]
entered += done(TakePeople(), step="table_size", people=4)
done(AskVisit(), step="table_time", people=4)
checked += [
    ValidateVisit().validate_visit(said, dispatcher, tracker(), {})
    for said in ({**visit, "clock": None}, visit)
]
done(RequestTable(), step="table_time", people=4, visit="tomorrow 7 pm")
step = [each["value"] for each in entered if each.get("name") == "step"]
said = [each["response"] for each in dispatcher.messages]
print(json.dumps({"step": step, "checked": checked, "said": said}))
"""


def test_a_table_is_booked(session: Session, database_url: str, tmp_path: Path) -> None:
    customer = store_customer(session)
    project = follow_document(ROOT / "docs/adding-a-journey.md", ROOT, tmp_path / ROOT.name)

    answer = subprocess.run(
        [sys.executable, "-c", BOOK_A_TABLE, str(customer.id)],
        cwd=project,
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout.splitlines()[-1]) == {
        "step": ["table_size", "table_time"],
        "checked": [
            {"people": 4},
            {"people": None},
            {"visit": None},
            {"visit": "tomorrow 7 pm"},
        ],
        "said": [
            "utter_ask_people",
            "utter_too_many_people",
            "utter_ask_visit",
            "utter_hint_visit",
            "utter_table_requested",
        ],
    }
    [ticket] = session.scalars(select(Ticket))
    assert (ticket.category, ticket.description) == (
        "table booking",
        "A table for 4, tomorrow 7 pm",
    )
    assert ticket.customer_id == customer.id
