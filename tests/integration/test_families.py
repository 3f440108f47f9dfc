"""A name that fits several products is asked about, and what else was said is kept."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.edit_order import EditOrder
from actions.faq import FaqPrice
from actions.fulfilment import ChooseFulfilment, GiveAddress
from actions.main_menu import ShowMenu
from actions.new_order import NewOrder
from actions.small_talk import Affirm
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from storage import models
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import settle

SUMMARY = "utter_order_summary"
ASKED = "utter_which_product"


@pytest.fixture
def talk(session: Session) -> Conversation:
    names = ("Veg Burger", "Chicken Burger", "Filter Coffee Powder", "Veg Roll", "Egg Roll")
    products = [Product(name.lower().replace(" ", "_"), name) for name in names]
    for product in products:
        session.execute(
            text("INSERT INTO products (sku, name, category, price) VALUES (:s, :n, 'Food', 90)"),
            {"s": product.sku, "n": product.name},
        )
    session.commit()
    return Conversation(catalogue=Catalogue((*seed_catalogue().products, *products)))


def taps(talk: Conversation, sku: str) -> None:
    talk.taps("new_order", {"product": sku}, NewOrder())


def test_the_number_and_the_note_are_kept(talk: Conversation) -> None:
    talk.types("2 burgers without onion", NewOrder(), intent="new_order")
    buttons = talk.said[ASKED]["buttons"]
    assert [button["title"] for button in buttons] == ["Veg Burger", "Chicken Burger"]
    assert talk.said[ASKED]["thing"] == "burgers"
    taps(talk, "chicken_burger")
    assert talk.words(SUMMARY) == "Chicken Burger × 2 = ₹180\n📝 without onion"


def test_what_stands_beside_is_kept(talk: Conversation) -> None:
    talk.types("a burger and 2 teas", NewOrder(), intent="new_order")
    taps(talk, "veg_burger")
    assert talk.lines == {"veg_burger": 1, "tea": 2}


def test_two_families_are_asked_one_after_the_other(talk: Conversation) -> None:
    talk.types("2 burgers and 3 rolls", NewOrder(), intent="new_order")
    taps(talk, "veg_burger")
    assert talk.said[ASKED]["thing"] == "rolls"
    taps(talk, "egg_roll")
    assert talk.lines == {"veg_burger": 2, "egg_roll": 3}


def test_an_open_cart_stays(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("add 2 burgers", EditOrder(), intent="edit_order")
    assert ASKED in talk.said
    taps(talk, "veg_burger")
    assert talk.lines == {"tea": 2, "veg_burger": 2}


def test_one_that_is_left_is_taken(talk: Conversation, session: Session) -> None:
    session.execute(text("UPDATE products SET is_available = false WHERE sku = 'veg_burger'"))
    session.commit()
    talk.types("2 burgers", NewOrder(), intent="new_order")
    assert talk.lines == {"chicken_burger": 2}


def test_something_else_that_is_tapped_is_no_answer(talk: Conversation) -> None:
    talk.types("2 burgers", NewOrder(), intent="new_order")
    taps(talk, "tea")
    assert talk.lines == {"tea": None}


def test_the_price_of_a_family_is_told_of_each(talk: Conversation) -> None:
    talk.types("how much is the burger?", FaqPrice(), intent="faq_price")
    [said] = talk.said.values()
    assert "Veg Burger" in str(said)
    assert "Chicken Burger" in str(said)


@pytest.fixture
def with_ways(talk: Conversation, session: Session) -> Conversation:
    settle(session, fulfilment=["pickup", "delivery"])
    session.commit()
    return talk


def test_a_way_said_meanwhile_is_kept_and_the_rest_too(with_ways: Conversation) -> None:
    talk = with_ways
    talk.types("2 burgers and 3 teas", NewOrder(), intent="new_order")
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.said[ASKED]["thing"] == "burgers"
    talk.types("yes", Affirm(), intent="affirm")
    assert talk.said[ASKED]["thing"] == "burgers"
    taps(talk, "veg_burger")
    assert talk.lines == {"veg_burger": 2, "tea": 3}
    assert talk.slots["terms"]["fulfilment"] == "pickup"
    assert talk.slots["step"] == "confirmation"


def test_an_address_said_meanwhile_is_kept(with_ways: Conversation) -> None:
    talk = with_ways
    talk.types("2 burgers and 3 rolls", NewOrder(), intent="new_order")
    taps(talk, "veg_burger")
    talk.types("flat 3, MG Road 560001", GiveAddress(), intent="give_address")
    assert talk.said[ASKED]["thing"] == "rolls"
    taps(talk, "egg_roll")
    assert talk.lines == {"veg_burger": 2, "egg_roll": 3}
    assert talk.slots["terms"]["address"]["postcode"] == "560001"


def test_of_another_conversation_nothing_is_asked_again(with_ways: Conversation) -> None:
    talk = with_ways
    talk.types("2 burgers", NewOrder(), intent="new_order")
    talk.types("menu", ShowMenu(), intent="show_menu")
    talk.taps("new_order", {}, NewOrder())
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert ASKED not in talk.said
    assert talk.slots["terms"]["fulfilment"] == "pickup"


def test_a_name_that_fits_several_means_the_one_on_the_cart(talk: Conversation) -> None:
    talk.types("2 chicken burgers and a tea", NewOrder(), intent="new_order")
    talk.types("burger rehne do", EditOrder(), intent="edit_order")
    assert talk.lines == {"tea": 1}


def talk_of(session: Session, *more: Product) -> Conversation:
    """A conversation with a shop that sells these beside the seeds."""
    session.add_all(models.Product(sku=one.sku, name=one.name, price=249) for one in more)
    session.commit()
    return Conversation(catalogue=Catalogue((*seed_catalogue().products, *more)))


def test_another_pack_comes_in_the_place_of_the_one_on_the_cart(session: Session) -> None:
    packs = [Product("atta_5", "Aashirvaad Atta 5 kg"), Product("atta_10", "Aashirvaad Atta 10 kg")]
    talk = talk_of(session, *packs)
    talk.types("atta 5 kg 2 packet aur ek chai", NewOrder(), intent="new_order")
    assert talk.lines == {"atta_5": 2, "tea": 1}
    talk.types("atta 10 kg wala kar do", NewOrder(), intent="new_order")
    assert talk.lines == {"tea": 1, "atta_10": 2}


def test_halves_of_two_products_are_one_with_a_note(session: Session) -> None:
    pizzas = [Product("margherita", "Margherita Pizza"), Product("farmhouse", "Farmhouse Pizza")]
    talk = talk_of(session, *pizzas)
    talk.types("half margherita half farmhouse", NewOrder(), intent="new_order")
    assert talk.lines == {"margherita half margherita half farmhouse": None}
