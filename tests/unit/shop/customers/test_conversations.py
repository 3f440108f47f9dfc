import yaml

from settings import ROOT
from shop.customers.conversations import LIFETIME, Picture, conversation_picture
from shop.steps.steps import STEPS

COFFEE = {"product": "coffee", "product_name": "Coffee", "price": 120}


def test_nothing_under_way_is_no_picture() -> None:
    assert conversation_picture({}) is None
    assert conversation_picture({"step": None, "cart": {"items": [COFFEE]}}) is None


def test_one_line_stands_flat() -> None:
    asked = {"step": "quantity_input", "cart": {"items": [COFFEE]}}
    assert conversation_picture(asked) == Picture("new_order", "quantity_input", COFFEE)
    line = {**COFFEE, "quantity": 2}
    told = {"step": "confirmation", "cart": {"items": [line], "total": 240}}
    assert conversation_picture(told) == Picture(
        "new_order", "confirmation", {**line, "total": 240}
    )


def test_the_catalogue_knows_the_cart_that_waits() -> None:
    shown = {"step": "category_selection", "cart": {"items": [COFFEE], "total": 120}}
    told = Picture("new_order", "category_selection", {**COFFEE, "total": 120})
    assert conversation_picture(shown) == told
    assert conversation_picture({"step": "category_selection"}) == Picture(
        "new_order", "category_selection", {}
    )


def test_several_lines_are_listed() -> None:
    cart = {"items": [{**COFFEE, "quantity": 1}, {**COFFEE, "product": "tea"}], "total": 200}
    assert conversation_picture({"step": "editing", "cart": cart}) == Picture(
        "new_order", "editing", cart
    )


def test_a_shown_order_is_named() -> None:
    shown = {"step": "showing_status", "order_id": "ORD-12345", "cart": {"items": [COFFEE]}}
    assert conversation_picture(shown) == Picture(
        "order_tracking", "showing_status", {"order_id": "ORD-12345"}
    )


def test_domain_and_pictures_know_the_same_steps_and_lifetime() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert domain["slots"]["step"]["values"] == list(STEPS)
    assert domain["session_config"]["session_expiration_time"] * 60 == LIFETIME.total_seconds()
