"""Where an order is to be brought."""

import pytest

from console.orders.places import read_place

MAP = "https://www.google.com/maps/search/?api=1&query="


@pytest.mark.parametrize(
    ("kept", "short", "query"),
    [
        ({"text": "4 Mill Lane, Pune"}, "4 Mill Lane, Pune", "4+Mill+Lane%2C+Pune"),
        ({"text": "4 Mill Lane\nPune"}, "4 Mill Lane, Pune", "4+Mill+Lane%2C+Pune"),
        ({"text": "Flat 3", "postcode": "560001"}, "Flat 3, 560001", "Flat+3%2C+560001"),
        ({"text": "Flat 3, 560 001", "postcode": "560001"}, "Flat 3, 560 001",
         "Flat+3%2C+560+001"),
        ({"latitude": -1.5, "longitude": 77}, "A pin on the map", "-1.5%2C77"),
        ({"text": "Home", "latitude": "1", "longitude": None}, "Home", "Home"),
        ({"text": "Home", "latitude": 1, "longitude": 2.5}, "Home", "1%2C2.5"),
    ],
)  # fmt: skip
def test_a_place_is_written_down_and_found_on_the_map(kept, short, query):
    found = read_place(kept)
    assert found
    assert (found.short, found.map_link) == (short, MAP + query)


@pytest.mark.parametrize("kept", [None, {}, {"text": " "}, {"latitude": 1}, {"url": "https://x"}])
def test_what_says_nothing_is_no_place(kept):
    assert read_place(kept) is None
