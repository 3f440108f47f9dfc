"""Where, when and how, as entities of a message, and what they keep out of its order."""

from typing import Any

import pytest

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import Reading, read_message


def read(text: str) -> Reading:
    return read_message(text, seed_catalogue())


def values(text: str) -> dict[str, Any]:
    return {each["entity"]: each["value"] for each in read(text).entities}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("delivery please", "delivery"),
        ("home delivery", "delivery"),
        ("ghar pe bhej do", "delivery"),
        ("घर पर भेज दो", "delivery"),
        ("takeaway", "pickup"),
        ("I will pick it up", "pickup"),
        ("parcel", "pickup"),
        ("le jaunga", "pickup"),
        ("one coffee to go", "pickup"),
        ("no delivery, pickup", "pickup"),
        ("pickup instead of delivery", "pickup"),
        ("dine in", "dine_in"),
        ("mera ladka lene aayega", "pickup"),
        ("khud aa jaunga", "pickup"),
        ("will come myself at 6", "pickup"),
        ("I'll come by to collect four coffees", "pickup"),
        ("1 coffee 2 pakora pick kar lungi", "pickup"),
        ("दो कॉफी लेने आना है", "pickup"),
        ("yahin khaunga", "dine_in"),
        ("table pe", "dine_in"),
        ("no wait, pickup", "pickup"),
        ("2 teas delivered", "delivery"),
        ("i want 2 samosas delivered please", "delivery"),
    ],
)
def test_ways(text: str, way: str) -> None:
    assert values(text)["fulfilment"] == way


@pytest.mark.parametrize(
    "text",
    [
        "delivery boy is late",
        "it says delivered but nothing came",
        "2 teas delivered cold",
        "is my coffee delivered",
        "my 2 samosas delivered?",
        "cash on delivery",
        "someone else's parcel",
        "pick up the phone",
        "delivery or pickup?",
        "out for delivery since morning",
        "need to go",
    ],
)
def test_no_way_is_chosen(text: str) -> None:
    assert "fulfilment" not in values(text)


@pytest.mark.parametrize(
    ("text", "table"),
    [("table 4", "4"), ("mez 7", "7"), ("T12", "T12"), ("table no. 3 pe", "3"), ("टेबल 5", "5")],
)
def test_tables(text: str, table: str) -> None:
    assert values(text) == {"table_number": table}


@pytest.mark.parametrize("text", ["table for 4", "table 4 people", "a table please"])
def test_no_table_is_named(text: str) -> None:
    assert "table_number" not in values(text)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("time 9:30 kar do", "09:30"),
        ("time 11 kar do", "11:00"),
        ("timing 5.30 kardo", "05:30"),
        ("change the time to 7", "07:00"),
        ("delivery time 8 baje rakho", "08:00"),
        ("समय 6 कर दो", "06:00"),
        ("10 nahi 10:30", "10:30"),
        ("not 10, 10:30", "10:30"),
        ("5 pm nahi 6 pm", "18:00"),
    ],
)
def test_another_time_and_nothing_else(text: str, clock: str) -> None:
    reading = read(text)
    assert [(one["entity"], one["value"]["clock"]) for one in reading.entities] == [("time", clock)]
    assert reading.alone == "time"


@pytest.mark.parametrize("text", ["this time 2 coffees", "how much time", "first time 3 teas"])
def test_a_time_that_is_not_named(text: str) -> None:
    assert "time" not in values(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at 5", {"clock": "05:00"}),
        ("5 pm", {"clock": "17:00", "half": "pm"}),
        ("sadhe 5 baje", {"clock": "05:30"}),
        ("paune ek baje", {"clock": "12:45"}),
        ("raat 12 baje", {"clock": "00:00", "half": "am", "part": "night"}),
        ("shaam ko 6 baje", {"clock": "18:00", "half": "pm", "part": "evening"}),
        (
            "kal subah 10 baje",
            {"day": "tomorrow", "clock": "10:00", "half": "am", "part": "morning"},
        ),
        ("day after tomorrow at noon", {"day": "day_after", "clock": "12:00", "half": "pm"}),
        ("on friday 4 pm", {"day": "weekday:5", "clock": "16:00", "half": "pm"}),
        ("5 december 11 am", {"day": "date:--12-05", "clock": "11:00", "half": "am"}),
        ("5/12/2026", {"day": "date:2026-12-05"}),
        ("on the 5th", {"day": "date:---05"}),
        ("in half an hour", {"in_minutes": 30}),
        ("30 minute mein", {"in_minutes": 30}),
        ("आधे घंटे में", {"in_minutes": 30}),
        ("asap", {"now": True}),
        ("around 5", {"clock": "05:00"}),
        ("5ish", {"clock": "05:00"}),
        ("between 6 and 7", {"clock": "06:00"}),
        ("by 7:30", {"clock": "07:30"}),
        ("half an hour", {"in_minutes": 30}),
        ("after an hour", {"in_minutes": 60}),
        ("tomorrow lunch", {"day": "tomorrow", "part": "noon"}),
        ("later today", {"day": "today", "part": "evening"}),
        ("kal dopahar 1 baje", {"day": "tomorrow", "clock": "13:00", "half": "pm", "part": "noon"}),
        ("lagbhag 5 baje", {"clock": "05:00"}),
    ],
)
def test_times(text: str, said: dict[str, Any]) -> None:
    value = values(text)["time"]
    assert value["text"] == text
    assert {name: what for name, what in value.items() if what and name != "text"} == said


@pytest.mark.parametrize(
    "text",
    ["good morning", "wait 5 minutes", "kal ka order galat tha", "not now", "at 12 MG Road",
     "what do you have today", "2 coffees for 4", "10 min", "20 minutes"],
)  # fmt: skip
def test_no_time_is_said(text: str) -> None:
    assert "time" not in values(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 coffees, 20 minutes", {"in_minutes": 20}),
        ("one coffee one samosa takeaway half an hour pls", {"in_minutes": 30}),
        ("2 coffees lunch time", {"part": "noon"}),
        ("2 chai shaam", {"part": "evening"}),
        ("2 coffees around 5", {"clock": "05:00"}),
        ("2 coffees, between 6 and 7 please", {"clock": "06:00"}),
    ],
)
def test_a_time_behind_what_is_ordered(text: str, said: dict[str, Any]) -> None:
    found = values(text)
    value = found["time"]
    assert {name: what for name, what in value.items() if what and name != "text"} == said
    assert "not_sold" not in found


def test_around_a_number_of_a_product_is_no_time() -> None:
    assert "time" not in values("around 5 samosas please")


def test_a_time_in_two_places_is_one() -> None:
    text = "3 teas tomorrow, deliver to 45 Park Street at 10 am"
    time = values(text)["time"]
    assert (time["day"], time["clock"], time["text"]) == ("tomorrow", "10:00", "tomorrow at 10 am")


def test_places_and_times_are_no_numbers_of_an_order() -> None:
    found = values("2 coffees delivered to flat 3, MG Road 560001 at 5 pm")
    assert (found["product"], found["quantity"], found["fulfilment"]) == ("coffee", 2, "delivery")
    assert found["address"] == {"text": "flat 3, MG Road 560001", "postcode": "560001"}
    assert "order_id" not in found


@pytest.mark.parametrize(
    "beyond", ["ring the bell twice", "that's all", "leave it with the guard", "guard ko de dena"]
)
def test_an_address_ends_behind_its_pin_code(beyond: str) -> None:
    address = {"text": "33 Kamaraj Road 560042", "postcode": "560042"}
    assert values(f"2 coffees to 33 Kamaraj Road 560042, {beyond}")["address"] == address


@pytest.mark.parametrize(
    "text", ["tomorrow at 7, send two teas", "kal shaam 7, do chai", "at 7 we need 2 coffees"]
)
def test_a_number_behind_at_is_a_clock_time(text: str) -> None:
    assert values(text)["time"]["clock"] in {"07:00", "19:00"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MG road wale flat 12 me, 560001", "MG road wale flat 12"),
        ("flat 12 MG road pin is 560001", "flat 12 MG road"),
        ("flat 12 near the temple, my pin code is 560001", "flat 12 near the temple"),
    ],
)
def test_a_pin_code_behind_an_address_belongs_to_it(text: str, place: str) -> None:
    assert values(text)["address"] == {"text": place, "postcode": "560001"}
    assert "quantity" not in values(text)


@pytest.mark.parametrize("text", ["no wait, 44 Lavelle Road 560001", "oh sorry, 44 Lavelle Road"])
def test_an_address_that_corrects_another_one(text: str) -> None:
    assert read(text).alone == "address"


@pytest.mark.parametrize("text", ["change the time to 8 pm", "time 8 pm", "time to 8 pm kar do"])
def test_a_time_is_said_back_without_what_announces_it(text: str) -> None:
    assert values(text)["time"]["text"] == "8 pm"


def test_a_product_in_a_place_is_none() -> None:
    found = values("near Samosa Junction, Coffee Board Layout, 3rd cross")
    assert found.keys() == {"address"}


def test_entities_stand_where_they_are_said() -> None:
    text = "2  coffees,\n deliver to  flat 3,  MG Road at 5 pm"
    spans = {each["entity"]: text[each["start"] : each["end"]] for each in read(text).entities}
    assert (spans["address"], spans["time"]) == ("flat 3,  MG Road", "at 5 pm")


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("flat 4, 12 MG Road", "address"),
        ("deliver to flat 4, 12 MG Road please", "address"),
        ("change the address to 78 Park Street", "address"),
        ("pickup please", "way"),
        ("pickup at 5", "way"),
        ("tomorrow 10 am", "time"),
        ("table 4", "table"),
        ("2", "number"),
        ("2 coffees at 5 pm", "product"),
        ("do you deliver to flat 4, 12 MG Road?", None),
        ("are you open at 9?", None),
        ("evening!", None),
    ],
)
def test_what_a_message_consists_of(text: str, alone: str | None) -> None:
    assert read(text).alone == alone


def test_the_classifier_reads_no_address() -> None:
    assert read("2 tea to flat 4, 12 MG Road").legible == "2 tea to home"


@pytest.mark.parametrize(
    "text",
    [
        *("pik up", "pik-up", "pic up", "i will pick it up myself", "i'll come pick it up"),
        *("picking it up ourselves", "i will collect it myself", "pick up from store"),
        *("main khud aake le jaunga", "मैं खुद ले जाऊंगा"),
    ],
)
def test_who_fetches_it_says_nothing_else(text: str) -> None:
    found = read_message(text, seed_catalogue())
    assert (found.alone, [each["value"] for each in found.entities]) == ("way", ["pickup"])


@pytest.mark.parametrize("text", ["can i pick it up", "where do i pick it up", "pick up the phone"])
def test_a_question_about_fetching_is_no_choice(text: str) -> None:
    assert read_message(text, seed_catalogue()).alone is None
