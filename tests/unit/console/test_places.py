"""Where an order is to be brought."""

import pytest

from console.orders.places import read_place


@pytest.mark.parametrize(
    ("kept", "lines", "short"),
    [
        ({"text": "Home, 4 Mill Lane, Pune"}, ["Home, 4 Mill Lane, Pune"], "Home"),
        ({"text": "4 Mill Lane, back\nPune"}, ["4 Mill Lane, back", "Pune"], "4 Mill Lane"),
        ({"text": None, "latitude": 1, "longitude": 2.5}, [], "A pin on the map"),
        ({"text": "Home", "latitude": "1", "longitude": None}, ["Home"], "Home"),
    ],
)  # fmt: skip
def test_a_place_is_written_down(kept, lines, short):
    found = read_place(kept)
    assert found
    assert (found.lines, found.short) == (lines, short)


@pytest.mark.parametrize("kept", [None, {}, {"text": " "}, {"latitude": 1}, {"url": "https://x"}])
def test_what_says_nothing_is_no_place(kept):
    assert read_place(kept) is None


def test_only_a_whole_position_is_on_the_map():
    found = read_place({"latitude": -1.5, "longitude": 77})
    assert found
    assert found.map_link == "https://www.openstreetmap.org/?mlat=-1.5&mlon=77#map=17/-1.5/77"
