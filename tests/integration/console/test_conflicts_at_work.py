"""Two people change the same category, colleague or ticket: nothing is overwritten unseen."""

import html

import pytest
from sqlalchemy import select

from storage.engine import session
from storage.models import Category, Staff, Ticket, TicketAssignment
from tests.integration.console.test_nothing_lost import opened_form

CATEGORIES = "/products/categories"


@pytest.fixture
def meena(hire):
    """Another owner."""
    return hire("Meena", "owner")


@pytest.fixture
def ticket(engine, meera):
    """An open ticket of Meera's."""
    with session() as opened:
        made = Ticket(customer_id=meera, description="The coffee was cold")
        opened.add(made)
        opened.flush()
        return made.ticket_id


def opened_categories(worker):
    """The form as somebody has it before them, without its buttons."""
    fields = opened_form(worker, CATEGORIES, CATEGORIES)
    return {name: value for name, value in fields.items() if name not in ("up", "down", "delete")}


def sends(worker, path, fields, **changed):
    return worker.sends(path, **{**fields, **changed, "csrf": worker.csrf()})


def names():
    with session() as opened:
        return list(opened.scalars(select(Category.name).order_by(Category.position)))


def key_of(name):
    with session() as opened:
        return opened.scalars(select(Category.id).where(Category.name == name)).one()


def person(name):
    with session() as opened:
        found = opened.scalars(select(Staff).where(Staff.name == name)).one()
        opened.expunge(found)
        return found


def test_two_who_rename_one_category_see_both(asha, meena):
    field = f"{key_of('Snacks')}.name"
    mine, theirs = opened_categories(asha), opened_categories(meena)
    assert sends(asha, CATEGORIES, mine, **{field: "Bites"}).status_code == 303
    late = sends(meena, CATEGORIES, theirs, **{field: "Nibbles"})
    assert late.status_code == 422
    assert "It is Bites meanwhile" in late.text
    assert 'value="Nibbles"' in late.text
    assert names() == ["Beverages", "Bites"]
    seen = theirs | {f"was.{field}": "Bites", field: "Nibbles"}
    assert sends(meena, CATEGORIES, seen).status_code == 303
    assert names() == ["Beverages", "Nibbles"]


def test_two_who_rename_different_categories_keep_both(asha, meena):
    first, second = f"{key_of('Beverages')}.name", f"{key_of('Snacks')}.name.hi"
    mine, theirs = opened_categories(asha), opened_categories(meena)
    assert sends(asha, CATEGORIES, mine, **{first: "Drinks"}).status_code == 303
    assert sends(meena, CATEGORIES, theirs, **{second: "नाश्ता"}).status_code == 303
    stands = opened_categories(asha)
    assert (stands[first], stands[second]) == ("Drinks", "नाश्ता")


def test_a_new_name_of_a_category_that_somebody_deleted_is_not_lost(asha, meena):
    sends(asha, CATEGORIES, opened_categories(asha), **{"new.name": "Desserts"})
    key = key_of("Desserts")
    theirs = opened_categories(meena)
    assert sends(asha, CATEGORIES, opened_categories(asha), delete=str(key)).status_code == 303
    late = sends(meena, CATEGORIES, theirs, **{f"{key}.name": "Sweets"})
    assert late.status_code == 422
    assert "It is deleted meanwhile" in late.text
    assert 'name="new.name" value="Sweets"' in late.text
    assert names() == ["Beverages", "Snacks"]
    # A row that nobody has edited just goes.
    assert sends(meena, CATEGORIES, theirs).status_code == 303


def test_who_changes_a_role_does_not_let_somebody_back_in(asha, meena, ravi):
    path = f"/team/{person('Ravi').id}"
    theirs = opened_form(meena, "/team", path)
    assert asha.sends(path, role="staff").status_code == 303
    assert sends(meena, path, theirs, role="owner").status_code == 303
    changed = person("Ravi")
    assert (changed.role, changed.is_active) == ("owner", False)


def test_two_who_give_one_ticket_away_see_both(asha, meena, ravi, ticket):
    path = f"/inbox/tickets/{ticket}/assign"
    mine, theirs = (opened_form(one, "/inbox/tickets", path) for one in (asha, meena))
    assert sends(asha, path, mine, staff=str(person("Ravi").id)).status_code == 303
    late = sends(meena, path, theirs, staff=str(person("Asha").id))
    assert late.status_code == 422
    assert "Ravi has it meanwhile" in late.text
    assert f'<option value="{person("Asha").id}" selected>' in late.text
    with session() as opened:
        assert opened.get_one(TicketAssignment, ticket).staff_id == person("Ravi").id
    seen = {"was.staff": str(person("Ravi").id), "staff": str(person("Asha").id)}
    assert sends(meena, path, seen).status_code == 303


def test_a_ticket_that_a_colleague_closed_keeps_their_reason_and_shows_both(asha, ravi, ticket):
    path = f"/inbox/tickets/{ticket}/status"
    assert asha.sends(path, status="closed", reason="They came by").status_code == 303
    late = ravi.sends(path, status="closed", reason="Called them")
    assert late.status_code == 422
    page = html.unescape(late.text)
    assert "They came by" in page
    assert "your reason is not saved: “Called them”" in page
    with session() as opened:
        assert opened.get_one(Ticket, ticket).outcome == "They came by"
    assert ravi.sends(path, status="open").status_code == 303
    assert "It is open again meanwhile" in asha.sends(path, status="open").text
