"""Lists of any length fit into one message."""

from shop.whatsapp.fitting import fit_lines
from shop.whatsapp.limits import text_length


def test_a_short_list_is_said_whole() -> None:
    lines = ["☕ Coffee: Hot & Cold", "🍵 Tea: Masala Chai"]
    assert fit_lines(lines, "more") == "\n".join(lines)


def test_one_long_line_has_the_room_of_all() -> None:
    assert fit_lines(["x" * 500], "more") == "x" * 500
    assert text_length(fit_lines(["x" * 5000], "more")) <= 640


def test_long_lines_are_cut_before_any_is_left_out() -> None:
    said = fit_lines([f"🥟 Product {number}: {'very good ' * 20}" for number in range(9)], "more")
    assert len(said.splitlines()) == 9
    assert said.endswith("…")


def test_what_does_not_fit_is_said_to_be_more() -> None:
    said = fit_lines([f"🥟 Product {number}: {'very good ' * 20}" for number in range(40)], "more")
    assert said.endswith("\nmore")
    assert text_length(said) <= 640 + len("\nmore")


def test_nothing_is_nothing() -> None:
    assert fit_lines([], "more") == ""
