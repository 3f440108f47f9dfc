"""Changes to an order that was placed: while it is pending here, later on by the shop's people."""

import threading
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from actions.cancel_order import CancelOrder
from actions.choose_time import ChooseTime
from actions.delivery_place import ShareLocation
from actions.edit_order import ChangeQuantity, EditOrder
from actions.fulfilment import GiveAddress
from actions.new_order import NewOrder
from actions.small_talk import Affirm
from actions.track_ticket import TrackTicket
from actions.turn import ShopAction
from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.orders import changing
from shop.support import tickets
from storage.models import AuditEntry, DeliveryZone, Order, Ticket, UserProfile
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import settle

PLACE = {"latitude": 12.9, "longitude": 77.6, "name": "Home", "address": "MG Road"}


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return store_customer(session, "919800000007")


@pytest.fixture
def talk(asha: UserProfile) -> Conversation:
    """Asha has just ordered two coffees."""
    talk = Conversation(str(asha.id))
    talk.types("2 coffees", NewOrder())
    talk.types("yes", Affirm())
    return talk


def order_of(session: Session) -> Order:
    session.expire_all()
    return session.scalars(select(Order)).one()


def lines(order: Order) -> dict[str, Any]:
    return {
        f"{line.product} {line.note}".strip(): line.quantity
        for line in changing.ordered_lines(order)
    }


@pytest.mark.parametrize(
    ("text", "action", "left"),
    [
        ("make it 3", ChangeQuantity(), ({"coffee": 3}, 360)),
        ("add a samosa", EditOrder(), ({"coffee": 2, "samosa": 1}, 280)),
        ("no sugar please", EditOrder(), ({"coffee no sugar": 2}, 240)),
        ("one of them cold please", EditOrder(), ({"coffee": 1, "coffee cold": 1}, 240)),
        ("change the coffee to tea", EditOrder(), ({"tea": 2}, 160)),
        ("add 1", EditOrder(), ({"coffee": 3}, 360)),
    ],
)
def test_a_pending_order_is_changed(
    talk: Conversation, session: Session, text: str, action: ShopAction, left: Any
) -> None:
    talk.types(text, action)
    order = order_of(session)
    assert (lines(order), order.total) == left
    assert talk.said["utter_placed_changed"]["order_number"] == order.order_id
    history = session.scalars(select(AuditEntry).where(AuditEntry.subject == order.order_id)).all()
    assert [entry.staff_name for entry in history] == [changing.CUSTOMER]


@pytest.mark.parametrize("action", [NewOrder(), EditOrder()])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("make the coffee 3", {"coffee": 3}),
        ("coffee 3 kar do", {"coffee": 3}),
        ("coffee teen kar dijiye", {"coffee": 3}),
        ("कॉफी 3 कर दो", {"coffee": 3}),
        ("2 more coffees please", {"coffee": 4}),
        ("2 more juices please", {"coffee": 2, "juice": 2}),
        ("also 10 teas", {"coffee": 2, "tea": 10}),
        ("and 1 coffee", {"coffee": 3}),
        ("aur 2 samosa", {"coffee": 2, "samosa": 2}),
        ("और 2 समोसे", {"coffee": 2, "samosa": 2}),
        ("plus a tea", {"coffee": 2, "tea": 1}),
        ("ek chai bhi", {"coffee": 2, "tea": 1}),
        ("coffee me cheeni kam", {"coffee cheeni kam": 2}),
        ("coffee without sugar please", {"coffee without sugar": 2}),
    ],
)
def test_what_could_begin_an_order_changes_the_placed_one(
    talk: Conversation, session: Session, text: str, left: dict[str, int], action: ShopAction
) -> None:
    talk.types(text, action)
    assert lines(order_of(session)) == left
    assert "utter_placed_changed" in talk.said
    assert not talk.lines


@pytest.mark.parametrize(
    "text",
    [
        *("3 coffees", "one tea without sugar", "2 coffees please", "make me 2 teas", "samosa"),
        *(
            "2 samosa aur 1 chai",
            "also 2 teas tomorrow at 6 pm",
            "also 2 teas to 12 MG Road 560001",
        ),
    ],
)
def test_what_is_an_order_of_its_own_leaves_the_placed_one(
    talk: Conversation, session: Session, text: str
) -> None:
    talk.types(text, NewOrder())
    assert lines(order_of(session)) == {"coffee": 2}
    assert talk.lines


def test_an_order_for_a_time_is_another_one(talk: Conversation, session: Session) -> None:
    settle(session, order_ahead_days=3)
    session.commit()
    talk.types("कल सुबह 10 बजे 4 समोसे चाहिए", ChooseTime())
    assert lines(order_of(session)) == {"coffee": 2}
    assert talk.lines == {"samosa": 4}


@pytest.mark.parametrize("text", ["cancel the tea", "chai cancel kar do", "चाय रद्द कर दो"])
def test_one_product_of_a_placed_order_is_cancelled(
    asha: UserProfile, session: Session, text: str
) -> None:
    talk = Conversation(str(asha.id))
    talk.types("2 coffees and a tea", NewOrder())
    talk.types("yes", Affirm())
    talk.types(text, CancelOrder())
    assert lines(order_of(session)) == {"coffee": 2}
    assert "utter_cancel_placed" not in talk.said


def test_the_only_product_of_a_placed_order_is_asked_about(talk: Conversation) -> None:
    talk.types("cancel the coffee", CancelOrder())
    assert list(talk.said) == ["utter_cancel_placed"]


def test_who_cancels_one_of_two_orders_hears_of_the_other(
    talk: Conversation, session: Session
) -> None:
    first = order_of(session)
    other = Order(
        customer_id=first.customer_id,
        items=first.items,
        total=first.total,
        status="pending",
        created_at=first.created_at - timedelta(minutes=5),
    )
    session.add(other)
    session.commit()
    talk.types("cancel both orders", CancelOrder())
    talk.types("yes", CancelOrder())
    assert talk.said["utter_order_cancelled"]["order_number"] == first.order_id
    assert talk.said["utter_order_stands"]["order_number"] == other.order_id


def test_items_keep_their_shape(talk: Conversation, session: Session) -> None:
    talk.types("one of them cold please", EditOrder())
    order = order_of(session)
    assert {frozenset(item) for item in order.items} == {
        frozenset({"product", "product_name", "price", "quantity"})
    }
    assert order.notes == {"coffee#2": "cold"}


def test_one_of_two_products_is_taken_off(asha: UserProfile, session: Session) -> None:
    talk = Conversation(str(asha.id))
    talk.types("2 coffees and a tea", NewOrder())
    talk.types("yes", Affirm())
    talk.types("remove the tea", EditOrder())
    assert lines(order_of(session)) == {"coffee": 2}


def test_taking_off_all_asks_whether_to_cancel(talk: Conversation, session: Session) -> None:
    talk.types("remove the coffee", EditOrder())
    assert list(talk.said) == ["utter_cancel_placed"]
    assert lines(order_of(session)) == {"coffee": 2}


def test_what_nobody_can_order_changes_nothing(talk: Conversation, session: Session) -> None:
    talk.types("make it 500", ChangeQuantity())
    assert "utter_quantity_out_of_bounds" in talk.said
    assert lines(order_of(session)) == {"coffee": 2}


@pytest.mark.parametrize("status", ["confirmed", "preparing", "ready"])
def test_later_on_it_goes_to_the_shop(talk: Conversation, session: Session, status: Any) -> None:
    order = order_of(session)
    order.status = status
    session.commit()
    talk.types("make it 3", ChangeQuantity())
    assert lines(order_of(session)) == {"coffee": 2}
    ticket = session.scalars(select(Ticket)).one()
    assert ticket.order_id == order.order_id
    assert ticket.description == f"{order.order_id}: make it 3"
    assert talk.said["utter_change_to_staff"]["ticket_number"] == ticket.ticket_id


def test_who_changes_it_waits_for_who_moves_it(
    talk: Conversation, session: Session, engine: Engine
) -> None:
    """The kitchen takes the order while a change is under way: the change comes too late."""
    order_id = order_of(session).order_id
    with Session(engine) as kitchen:
        taken = kitchen.get(Order, order_id, with_for_update=True)
        assert taken
        taken.status = "confirmed"
        kitchen.flush()
        change = threading.Thread(
            daemon=True, target=lambda: talk.types("make it 3", ChangeQuantity())
        )
        change.start()
        change.join(0.5)
        assert change.is_alive()
        kitchen.commit()
        change.join(60)
    assert "utter_change_to_staff" in talk.said
    assert lines(order_of(session)) == {"coffee": 2}


def test_a_cart_that_cannot_be_had_is_refused(talk: Conversation, session: Session) -> None:
    order = order_of(session)
    changing.lock_pending(session, order)
    with pytest.raises(changing.order_checks.NotPlaceable):
        changing.change_order(session, order, Cart.reckon(session, [RequestedLine("coffee", 101)]))


def test_a_place_belongs_to_the_order_that_was_placed(talk: Conversation, session: Session) -> None:
    talk.sends_place(PLACE, ShareLocation())
    assert order_of(session).address["text"] == "Home, MG Road"
    assert "utter_place_kept" in talk.said
    assert talk.slots.get("terms") is None


def test_a_place_with_a_cart_is_the_cart_s(talk: Conversation, session: Session) -> None:
    talk.types("2 teas", NewOrder())
    talk.sends_place(PLACE, ShareLocation())
    assert order_of(session).address is None
    assert talk.slots["terms"]["address"]["text"] == "Home, MG Road"


def test_an_address_in_words_is_noted_on_it(talk: Conversation, session: Session) -> None:
    talk.types("deliver to flat 3, MG Road", ShareLocation(), intent="share_location")
    assert order_of(session).notes == {"": "deliver to flat 3, MG Road"}


def test_a_no_beside_the_yes_cancels_nothing(talk: Conversation, session: Session) -> None:
    talk.types("cancel my order", CancelOrder())
    talk.types("no yes", Affirm(), sure=0.99)
    assert order_of(session).status == "pending"
    talk.types("yes", Affirm())
    assert order_of(session).status == "cancelled"


def test_a_ticket_is_closed_and_none_opened(
    talk: Conversation, session: Session, asha: UserProfile
) -> None:
    ticket = tickets.open_ticket(session, asha, "delivery", "cold", "wamid.x")
    session.commit()
    talk.types("close my ticket", TrackTicket(), intent="track_ticket")
    session.expire_all()
    assert [(each.ticket_id, each.status) for each in session.scalars(select(Ticket))] == [
        (ticket.ticket_id, "closed")
    ]
    assert "utter_ticket_closed" in talk.said


@pytest.fixture
def delivers(session: Session) -> None:
    settle(session, fulfilment=["pickup", "delivery"], order_ahead_days=1, preparation_minutes=30)
    session.commit()


def test_a_typed_address_moves_the_pending_order(
    talk: Conversation, session: Session, delivers: None
) -> None:
    talk.types("deliver to flat 4, 12 MG Road", GiveAddress(), intent="give_address")
    assert list(talk.said) == ["utter_placed_changed"]
    assert order_of(session).fulfilment == "delivery"
    assert "12 MG Road" in order_of(session).address["text"]


def test_a_typed_time_moves_the_pending_order(
    talk: Conversation, session: Session, delivers: None
) -> None:
    talk.types("tomorrow 10:30 am", ChooseTime(), intent="choose_time")
    assert list(talk.said) == ["utter_placed_changed"]
    order = order_of(session)
    assert order.due_at == order.promised_at
    assert order.due_at.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M") == "10:30"


def test_a_time_that_no_order_can_have_is_answered(talk: Conversation, session: Session) -> None:
    talk.types("tomorrow 10:30 am", ChooseTime(), intent="choose_time")
    assert list(talk.said) == ["utter_for_now_only", "utter_order_is_placed"]
    assert order_of(session).due_at is None


def test_the_fee_follows_the_goods(asha: UserProfile, session: Session) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    session.add(DeliveryZone(name="Near", postcodes=["560001"], fee=50, free_from=500))
    session.commit()
    talk = Conversation(str(asha.id))
    talk.types("2 coffees delivered to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    talk.types("yes", Affirm())
    assert (order_of(session).fee, order_of(session).total) == (50, 290)
    talk.types("also 10 teas", NewOrder(), intent="new_order")
    assert "utter_placed_changed" in talk.said
    assert (order_of(session).fee, order_of(session).total) == (0, 1040)


@pytest.mark.parametrize("words", ["no add it to that order", "usi order me daal do"])
def test_an_open_cart_joins_the_order_just_placed(
    talk: Conversation, session: Session, words: str
) -> None:
    talk.types("3 coffees and 2 teas", NewOrder(), intent="new_order")
    assert talk.lines == {"coffee": 3, "tea": 2}
    talk.types(words, EditOrder(), intent="edit_order")
    assert "utter_placed_changed" in talk.said
    assert lines(order_of(session)) == {"coffee": 5, "tea": 2}
    assert not talk.lines
    talk.types("yes", Affirm())
    assert lines(order_of(session)) == {"coffee": 5, "tea": 2}


@pytest.mark.parametrize("words", ["change my order", "no sugar please"])
def test_other_words_leave_the_open_cart(talk: Conversation, session: Session, words: str) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types(words, EditOrder(), intent="edit_order")
    assert [*talk.lines.values()] == [2]
    assert lines(order_of(session)) == {"coffee": 2}
