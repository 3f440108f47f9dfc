"""Kinds of words by which people say how, where and when they want an order, beside its lines."""

from typing import Any

import pytest

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import read_message


def values(text: str) -> dict[str, Any]:
    return {each["entity"]: each["value"] for each in read_message(text, seed_catalogue()).entities}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("2 teas hom dlvry", "delivery"),
        ("two juices tkaway", "pickup"),
        ("office me bhijwa dijiye 2 chai", "delivery"),
        ("3 samosas to be collected on monday", "pickup"),
        ("I'll stop by at 7 for 2 teas", "pickup"),
        ("my brother will come to collect 2 teas", "pickup"),
        ("counter se utha lenge, 2 chai", "pickup"),
        ("दो चाय पैक करके रखिए", "pickup"),
        ("do chai le jani hain", "pickup"),
        ("dukan pe aakar lungi, do chai", "pickup"),
        ("we are having it there at 6, 2 coffees", "dine_in"),
        ("khane aa rahi hu 8 baje, 2 chai", "dine_in"),
        ("andar baith kar khayenge, 2 samose", "dine_in"),
    ],
)
def test_forms_of_a_way(text: str, way: str) -> None:
    assert values(text)["fulfilment"] == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("2 teas, I am coming at 5", "pickup"),
        ("6 baje aa rahi hu, 2 chai", "pickup"),
        ("keep it ready by 8:30, 2 teas", "pickup"),
        ("5 baje mera driver aayega, 2 chai", "pickup"),
        ("2 teas, I am coming", None),  # Without a time, it may be any message.
        ("mera driver aayega", None),
        ("I am coming home at 6, 2 teas to 14 Hill Road", None),  # A place says another way.
        ("at 6 I am coming to table 4, 2 teas", None),
        ("order 5 baje tak aayega", None),  # The order comes, not the customer.
        ("2 samosa pack karke bhejo, 4 Nehru Road", None),
    ],
)
def test_coming_at_a_time_is_picking_up(text: str, way: str | None) -> None:
    assert values(text).get("fulfilment") == way


@pytest.mark.parametrize(
    "text",
    ["2 chai jaldi", "do chai abhi bhejo", "2 teas to 14 Hill Road, quickly please", "दो चाय फटाफट",
     "table 3, a coffee now"],
)  # fmt: skip
def test_haste_in_an_order(text: str) -> None:
    assert values(text)["time"]["now"] is True


@pytest.mark.parametrize(
    "text",
    ["no hurry, 2 teas", "2 chai abhi tak nahi aayi", "now add 2 teas", "all for now, 2 teas",
     "jaldi karo", "fatafat 2 samosa", "2 teas not so fast", "kitni jaldi 2 chai milegi"],
)  # fmt: skip
def test_no_haste(text: str) -> None:
    assert "time" not in values(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 teas tomorrow evening 7.15", {"day": "tomorrow", "clock": "19:15", "part": "evening"}),
        ("kal shaam 6 30 2 chai", {"day": "tomorrow", "clock": "18:30", "part": "evening"}),
        ("2 teas sunday at 9, shop 4, Hill Road", {"day": "weekday:7", "clock": "09:00"}),
        ("2 teas on saturday 2nd jan", {"day": "date:--01-02"}),
        ("2 teas for friday's lunch, 1 pm", {"day": "weekday:5", "clock": "13:00", "part": "noon"}),
        ("2 teas, back in 20", {"in_minutes": 20}),
        ("2 juices at dinner time", {"part": "night"}),
        ("lunch ke time 2 chai", {"part": "noon"}),
        ("2 teas. by 8 is fine", {"clock": "08:00"}),
        ("2 teas thrsday mrning 10 am", {"day": "weekday:4", "clock": "10:00", "part": "morning"}),
    ],
)
def test_forms_of_a_time(text: str, said: dict[str, Any]) -> None:
    time = values(text)["time"]
    assert {
        name: what for name, what in time.items() if what and name not in {"text", "half"}
    } == said


@pytest.mark.parametrize("text", ["2 teas in 7 cups", "kal 20 samosa", "2 teas in 30 cups"])
def test_numbers_that_are_no_time(text: str) -> None:
    time = values(text).get("time") or {}
    assert (time.get("clock"), time.get("in_minutes")) == (None, None)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("2 teas, Apt. 7, Hill View, Juhu", "Apt. 7, Hill View, Juhu"),
        ("deliver 2 teas to nine Hill Road", "nine Hill Road"),
        ("2 teas to 3rd floor. scratch that, 3 teas", "3rd floor"),
        ("2 chai, matlab 7 Hill Road", "7 Hill Road"),
        ("2 chai mandir ke samne neele gate wala ghar", "mandir ke samne neele gate wala ghar"),
        ("2 chai 22 number dukan, sadar bazar", "22 number dukan, sadar bazar"),
        ("2 teas to B wing 504, Lake Heights by tomorrow", "B wing 504, Lake Heights"),
        ("2 teas for mummy, 4th floor, Lake Towers", "4th floor, Lake Towers"),
        ("2 teas to my office at 12 Hill Road", "12 Hill Road"),
        ("2 chai bank ke bahar, Hill Road", "bank ke bahar, Hill Road"),
        ("2 chai, H No 7 Hill Road", "H No 7 Hill Road"),
        ("2 chai, pata 7 Hill Road, samay shaam 5 baje", "7 Hill Road"),
        ("2 chai tilak gali me Sharma ji ke yahan", "tilak gali me Sharma ji ke yahan"),
    ],
)  # fmt: skip
def test_forms_of_an_address(text: str, address: str) -> None:
    assert values(text)["address"]["text"] == address


@pytest.mark.parametrize(
    ("text", "table"),
    [("2 teas to T7", "T7"), ("T12 pe 2 chai", "T12"), ("2 teas for T4 please", None)],
)
def test_a_table_by_its_letter(text: str, table: str | None) -> None:
    assert values(text).get("table_number") == table
