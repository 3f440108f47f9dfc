"""Looking for products, looking at one, and what is said of what is not sold or sold out."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.new_order import NewOrder
from actions.turn import Turn
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from shop.products.finding.search import search_products
from shop.taps.meanings import Meaning, reply_meaning
from tests.integration.conversation import Conversation

# sku: name, category, description, price
FOOD = {
    "paneer_roll": ("Paneer Tikka Roll", "Rolls", "Grilled", 120),
    "chicken_roll": ("Chicken Roll", "Rolls", "With egg", 150),
    "cold_drink": ("Lemon Soda", "Drinks", "Chilled, with mint", 50),
    "filter_coffee": ("Filter Coffee", "Drinks", "South Indian", 60),
}


@pytest.fixture
def talk(session: Session) -> Conversation:
    for position, (sku, (name, category, said, price)) in enumerate(FOOD.items(), start=20):
        session.execute(
            text(
                "INSERT INTO products (sku, name, category, description, price, position)"
                " VALUES (:sku, :name, :category, :said, :price, :position)"
            ),
            {"sku": sku, "name": name, "category": category, "said": said, "price": price,
             "position": position},
        )  # fmt: skip
    session.commit()
    products = [Product(sku, each[0]) for sku, each in FOOD.items()]
    described = {word for each in FOOD.values() for word in each[1:3]}
    seeds = seed_catalogue()
    return Conversation(
        catalogue=Catalogue((*seeds.products, *products), described=seeds.described | described)
    )


def asks(talk: Conversation, words: str) -> list[str]:
    """The titles of what is shown."""
    talk.types(words, NewOrder(), intent="new_order")
    found = [said for said in talk.said.values() if said.get("buttons")]
    return [button["title"] for said in found for button in said["buttons"]]


def test_a_word_is_found_in_names_descriptions_and_categories(talk: Conversation) -> None:
    assert asks(talk, "something cold") == ["Coffee", "Lemon Soda"]
    assert talk.said["utter_found"]["thing"] == "cold"
    assert asks(talk, "kuch thanda") == ["Coffee", "Lemon Soda"]
    assert asks(talk, "do you have anything with paneer?") == ["Paneer Tikka Roll"]
    assert asks(talk, "any rolls?") == ["Paneer Tikka Roll", "Chicken Roll"]


def test_a_price_is_a_limit(talk: Conversation) -> None:
    shown = asks(talk, "what's under 60")
    assert shown == ["Samosa", "Pakora", "Lemon Soda", "Filter Coffee"]
    assert talk.said["utter_found"]["buttons"][0]["description"] == "₹40 - 2 pieces"
    assert asks(talk, "something cold under 100") == ["Lemon Soda"]
    assert asks(talk, "what is the cheapest?")[:2] == ["Samosa", "Lemon Soda"]


def test_the_nearest_is_offered_where_nothing_fits(talk: Conversation) -> None:
    assert asks(talk, "anything spicy with paneer") == ["Paneer Tikka Roll"]
    assert asks(talk, "anything with chicken under 60") == ["Chicken Roll"]
    assert "utter_found_nearest" in talk.said


def test_of_more_than_a_list_holds_it_is_said_how_many_there_are(
    talk: Conversation, session: Session
) -> None:
    session.execute(text("""
        INSERT INTO products (sku, name, price, category, description)
        SELECT 'ice-' || n, 'Ice ' || n, 20, 'Ices', 'Iced' FROM generate_series(1, 30) AS n
    """))  # fmt: skip
    session.commit()
    assert len(asks(talk, "something iced")) == 10
    assert talk.said["utter_found"]["thing"].startswith("iced, the first 10 of 3")


def test_the_cart_stays_and_what_is_found_joins_it(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    asks(talk, "something cold")
    talk.taps("new_order", {"product": "cold_drink"}, NewOrder())
    assert talk.lines == {"tea": 2, "cold_drink": None}


def test_what_is_not_sold_is_named_with_the_nearest(talk: Conversation) -> None:
    talk.types("2 chicken burgers and a coffee", NewOrder(), intent="new_order")
    assert talk.said["utter_not_sold_nearest"]["products"] == "Chicken Roll"
    talk.types("a lasagna and a coffee", NewOrder(), intent="new_order")
    assert talk.said["utter_not_sold"]["things"] == "a lasagna"


def test_what_is_sold_out_steps_aside(talk: Conversation, session: Session) -> None:
    session.execute(text("UPDATE products SET is_available = false WHERE sku = 'coffee'"))
    session.commit()
    talk.types("2 coffees and a tea", NewOrder(), intent="new_order")
    assert talk.lines == {"filter_coffee": 2, "tea": 1}
    assert "utter_not_available" not in talk.said


def test_a_product_is_shown_and_the_cart_stays(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    assert asks(talk, "show me the lemon soda") == ["🛒 Order it", "See all items"]
    said = talk.said["utter_product"]["product"]
    assert said.splitlines() == ["🍽️ Lemon Soda - ₹50", "Chilled, with mint"]
    assert talk.lines == {"tea": 2}


def test_unread_wishes_are_noted(talk: Conversation) -> None:
    words = "2 chicken rolls, gluten free bread if possible, my son is allergic to nuts"
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.words("utter_order_summary").splitlines() == [
        "Chicken Roll × 2 = ₹300",
        "📝 gluten free bread",
        "📝 ⚠️ son is allergic to nuts",
    ]


def test_translated_names_are_found(session: Session) -> None:
    session.execute(
        text('UPDATE products SET translations = \'{"hi": {"name": "गुलाब"}}\' WHERE sku = \'tea\'')
    )
    session.commit()
    assert [one.sku for one in search_products(session, ["गुलाब"]).products] == ["tea"]
    assert search_products(session, [], most=40).products[0].price == Decimal(40)


def test_what_is_asked_for_and_not_sold_is_named(talk: Conversation) -> None:
    for words in ("do you have pizza", "ghee hai kya", "agarbatti 2"):
        asks(talk, words)
        assert talk.said["utter_nothing_found"]["thing"] in words
    assert asks(talk, "what about rolls") == ["Paneer Tikka Roll", "Chicken Roll"]


def test_a_long_list_has_pages(
    session: Session, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.execute(text("""
        INSERT INTO products (sku, name, price, category, description)
        SELECT 'ice-' || n, 'Ice ' || n, 20, 'Ices', 'Iced' FROM generate_series(1, 12) AS n
    """))  # fmt: skip
    session.commit()
    monkeypatch.setattr(Turn, "on_whatsapp", True)
    assert len(asks(talk, "something iced under 20")) == 12
    search = "20/0/iced"
    assert talk.said["utter_found"]["custom"] == {"name": f"search:{search}", "page": 1}
    meant = reply_meaning(f"more:search:{search}:2", (), ())
    assert meant == Meaning("new_order", {"search": search, "page": "2"})
    talk.taps(meant.intent, meant.entities, NewOrder())
    assert talk.said["utter_found"]["custom"] == {"name": f"search:{search}", "page": 2}
