import yaml

from settings import ROOT
from shop.conversations import FLOW_OF_STEP, LIFETIME, Picture, picture

COFFEE = {"product": "coffee", "product_name": "Coffee", "price": 120}


def test_nothing_under_way_is_no_picture() -> None:
    assert picture({}) is None
    assert picture({"step": None, "slip": {"items": [COFFEE]}}) is None


def test_one_line_stands_flat() -> None:
    asked = {"step": "quantity_input", "slip": {"items": [COFFEE]}}
    assert picture(asked) == Picture("new_order", "quantity_input", COFFEE)
    line = {**COFFEE, "quantity": 2}
    told = {"step": "confirmation", "slip": {"items": [line], "total": 240}}
    assert picture(told) == Picture("new_order", "confirmation", {**line, "total": 240})


def test_several_lines_are_listed() -> None:
    slip = {"items": [{**COFFEE, "quantity": 1}, {**COFFEE, "product": "tea"}], "total": 200}
    assert picture({"step": "editing", "slip": slip}) == Picture("new_order", "editing", slip)


def test_a_shown_order_is_named() -> None:
    shown = {"step": "showing_status", "order_id": "ORD-12345", "slip": {"items": [COFFEE]}}
    assert picture(shown) == Picture("order_tracking", "showing_status", {"order_id": "ORD-12345"})


def test_domain_and_pictures_know_the_same_steps_and_lifetime() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert domain["slots"]["step"]["values"] == list(FLOW_OF_STEP)
    assert domain["session_config"]["session_expiration_time"] * 60 == LIFETIME.total_seconds()
