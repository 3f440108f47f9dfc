"""Two people who change the same thing both see it, whatever it is; other fields are joined."""

import html
from typing import NamedTuple

import pytest
from sqlalchemy import select

from storage.engine import session
from storage.models import (
    CannedReply,
    DeliveryZone,
    OpeningHours,
    Option,
    OptionGroup,
    ProductOptionGroup,
)
from tests.integration.console.test_nothing_lost import opened_form


class Room(NamedTuple):
    """A form: its page, where it is sent, a field of it with two values, another with one."""

    page: str
    action: str
    field: str
    first: str
    second: str
    beside: str
    other: str


ROOMS = {
    "reply": Room(
        "/answers/replies",
        "/answers/replies/{reply}",
        "in.en",
        "Ten minutes more.",
        "Five minutes more.",
        "in.hi",
        "दस मिनट और।",
    ),
    "bot's words": Room(
        "/answers/words/utter_goodbye",
        "/answers/words/utter_goodbye",
        "in.en",
        "See you soon!",
        "Until next time!",
        "in.hi",
        "फिर मिलेंगे!",
    ),
    "alerts": Room(
        "/alerts",
        "/alerts/settings",
        "alert_again_minutes",
        "7",
        "9",
        "quiet_from",
        "22:30",
    ),
    "settings": Room(
        "/shop",
        "/shop/settings",
        "shop_name",
        "Tea House",
        "Chai House",
        "preparation_minutes",
        "25",
    ),
    "zone": Room(
        "/shop",
        "/shop/zones/{zone}",
        "fee",
        "25",
        "35",
        "minutes",
        "50",
    ),
    "choice": Room(
        "/products/options/{group}",
        "/products/options/{group}",
        "price.1",
        "25",
        "30",
        "name.0",
        "Tiny",
    ),
}


@pytest.fixture
def keys(engine):
    """A reply at hand, a choice of two sizes, and a zone."""
    with session() as opened:
        reply = CannedReply(name="A moment", words={"en": "A moment.", "hi": "एक पल।"})
        group = OptionGroup(name="Measure", minimum=1, maximum=1)
        opened.add_all([reply, group])
        opened.flush()
        for place, (name, price) in enumerate((("Small", 0), ("Large", 20)), start=1):
            opened.add(Option(group_id=group.id, name=name, price=price, position=place))
        opened.add(ProductOptionGroup(sku="coffee", group_id=group.id, position=1))
        zone = DeliveryZone(name="City", postcodes=["560001"], fee=20)
        opened.add(zone)
        opened.flush()
        return {"reply": reply.id, "group": group.id, "zone": zone.id}


def opened(worker, room, keys):
    """The form as somebody has it before them, with what is ticked."""
    fields = opened_form(worker, room.page.format(**keys), room.action.format(**keys))
    if "price.1" in fields:
        fields |= {"rule": "one", "product": "coffee", "row": ["0", "1", "2"]}
    if "shop_name" in fields:
        fields |= {"accepts_orders": "automatically", "when_unaccepted": "remind"}
        fields["fulfilment"] = ["pickup"]
    left = ("fits", "back", "up", "down", "more", "usual.0", "usual.1", "usual.2", "available.2")
    return {name: value for name, value in fields.items() if name not in left}


def sends(worker, room, keys, fields, **changed):
    return worker.sends(room.action.format(**keys), **{**fields, **changed, "csrf": worker.csrf()})


@pytest.mark.parametrize("name", ROOMS)
def test_two_who_change_one_field_see_both_and_the_second_decides(asha, hire, keys, name):
    room, meena = ROOMS[name], hire("Meena", "owner")
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    assert sends(asha, room, keys, mine, **{room.field: room.first}).status_code == 303
    late = sends(meena, room, keys, theirs, **{room.field: room.second})
    assert late.status_code == 422
    page = html.unescape(late.text)
    assert f"It is {room.first} meanwhile" in page
    assert room.second in page
    assert opened(asha, room, keys)[room.field] == room.first
    seen = opened_after(late.text, room.action.format(**keys))
    again = theirs | {key: value for key, value in seen.items() if key.startswith("was.")}
    assert sends(meena, room, keys, again, **{room.field: room.second}).status_code == 303
    assert opened(asha, room, keys)[room.field] == room.second


@pytest.mark.parametrize("name", [name for name in ROOMS if name != "alerts"])
def test_two_who_change_different_fields_keep_both(asha, hire, keys, name):
    room, meena = ROOMS[name], hire("Meena", "owner")
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    assert sends(asha, room, keys, mine, **{room.field: room.first}).status_code == 303
    assert sends(meena, room, keys, theirs, **{room.beside: room.other}).status_code == 303
    stands = opened(asha, room, keys)
    assert (stands[room.field], stands[room.beside]) == (room.first, room.other)


def test_a_choice_joins_what_each_has_added_ticked_and_taken_out(asha, hire, keys):
    room, meena = ROOMS["choice"], hire("Meena", "owner")
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    # Asha adds a size and a product; Meena, with the older page, marks Large as sold out.
    more = {"name.2": "Giant", "available.2": "yes", "product": ["coffee", "tea"]}
    assert sends(asha, room, keys, mine, **more).status_code == 303
    del theirs["available.1"]
    assert sends(meena, room, keys, theirs, product="coffee").status_code == 303
    assert sizes() == [("Small", True), ("Large", False), ("Giant", True)]
    with session() as database:
        assert set(database.scalars(select(ProductOptionGroup.sku))) == {"coffee", "tea"}
    # Meena takes Small out; Asha, with the older page, changes the price of Large.
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    assert sends(meena, room, keys, theirs, **{"name.0": ""}).status_code == 303
    assert sends(asha, room, keys, mine, **{"price.1": "15"}).status_code == 303
    assert [name for name, _ in sizes()] == ["Large", "Giant"]


def test_an_option_that_somebody_has_changed_is_not_taken_out_unseen(asha, hire, keys):
    room, meena = ROOMS["choice"], hire("Meena", "owner")
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    assert sends(asha, room, keys, mine, **{"price.1": "25"}).status_code == 303
    late = sends(meena, room, keys, theirs, **{"name.1": ""})
    assert late.status_code == 422
    assert "Somebody has changed it meanwhile" in late.text
    assert [name for name, _ in sizes()] == ["Small", "Large"]


def test_a_moved_row_does_not_make_the_form_forget_what_it_was_opened_with(asha, hire, keys):
    room, meena = ROOMS["choice"], hire("Meena", "owner")
    mine, theirs = opened(asha, room, keys), opened(meena, room, keys)
    assert sends(asha, room, keys, mine, **{"price.1": "25"}).status_code == 303
    moved = sends(meena, room, keys, theirs, up="1", **{"price.1": "30"})
    fields = opened_after(moved.text, room.action.format(**keys))
    was = [value for name, value in fields.items() if name.startswith("was.option.")]
    assert "20" in was
    assert "25" not in was


def test_two_who_change_the_hours_of_one_day_see_both_and_other_days_are_kept(asha, hire):
    meena = hire("Meena", "owner")
    theirs = opened_form(meena, "/shop", "/shop/hours") | {"always": "no"}
    monday = {"opens.1.0": "09:00", "closes.1.0": "17:00", "always": "no"}
    assert asha.sends("/shop/hours", **monday).status_code == 303
    tuesday = {"opens.2.0": "10:00", "closes.2.0": "18:00"}
    assert (
        meena.sends("/shop/hours", **theirs | tuesday | {"csrf": meena.csrf()}).status_code == 303
    )
    assert hours() == [(1, "09:00", "17:00"), (2, "10:00", "18:00")]
    late = {"opens.1.0": "08:00", "closes.1.0": "16:00", "csrf": meena.csrf()}
    answer = meena.sends("/shop/hours", **theirs | late)
    assert answer.status_code == 422
    assert "It is 09:00–17:00 meanwhile" in answer.text
    assert 'value="08:00"' in answer.text
    assert hours() == [(1, "09:00", "17:00"), (2, "10:00", "18:00")]


def hours():
    with session() as opened:
        found = opened.scalars(select(OpeningHours).order_by(OpeningHours.weekday))
        return [(one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in found]


def opened_after(page, action):
    """The fields of a form on a page that came back."""

    class Seen:
        def sees(self, _):
            return page

    return opened_form(Seen(), "", action)


def sizes():
    with session() as opened:
        found = opened.scalars(select(Option).order_by(Option.position, Option.id))
        return [(one.name, one.is_available) for one in found]
