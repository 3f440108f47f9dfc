"""The log is searched by what it shows: in the reader's words, not in the program's."""

import re
from urllib.parse import quote

import pytest

from console.team import log
from storage.engine import session
from storage.models import AuditEntry, Product, Staff
from tests.integration.console.test_plain_words import LOGGED, read


@pytest.fixture
def entries(engine, meera):
    """Lines whose subjects stand in the tables as codes, and one about a customer."""
    with session() as opened:
        opened.add(Product(sku="gt", name="Ginger tea", price=90))
        for action, subject, details in (*LOGGED, ("answered", str(meera), {}), ("sold", "gt", {})):
            opened.add(
                AuditEntry(staff_name="Ravi", action=action, subject=subject, details=details)
            )


def find_lines(worker, wanted=""):
    """What the log's lines say was done, in the order of the page."""
    page = worker.sees(f"/log?q={quote(wanted)}")
    cells = re.findall(r"<tr><td.*?</td><td>.*?</td>\s*<td>(.*?)</td>", page, flags=re.DOTALL)
    return [" ".join(read(cell).split()) for cell in cells]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("order confirmed", "changed the bot's words Order confirmed"),
        ("published the menu product catalog", "published the menu Product catalog"),
        ("What does delivery cost?", "changed the answer What does delivery cost?"),
        ("language hindi", "chose the language Hindi"),
        ("Ravi sold ginger", "sold Ginger tea"),
        ("meera", "answered Meera"),
        ("utter_order_confirmed", "changed the bot's words Order confirmed"),
    ],
)
def test_a_line_is_found_by_what_it_shows(asha, entries, wanted, found, monkeypatch):
    # The second time by the index alone.
    for newest in (log.NEWEST, 0):
        monkeypatch.setattr(log, "NEWEST", newest)
        assert find_lines(asha, wanted) == [found]


def test_readers_of_hindi_find_lines_by_the_hindi_words(asha, entries):
    with session() as opened:
        opened.query(Staff).filter_by(name="Asha").one().language = "hi"
    lines = find_lines(asha)
    assert len(lines) > len(LOGGED)
    for line in lines:
        assert line in find_lines(asha, line)
    assert [line for line in lines if not re.search(r"[\u0900-\u097f]", line)] == [
        "sold Ginger tea"
    ]


def test_what_no_line_shows_finds_nothing(asha, entries):
    for wanted in ("order ginger", "zz", "%", "_%", "nobody here"):
        assert find_lines(asha, wanted) == []
