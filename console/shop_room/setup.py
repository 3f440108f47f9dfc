"""The first steps of a new shop: which are done and which are missing, read from the tables."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.qr_codes import draw_qr
from console.request_context import RequestContext
from console.shop_room.whatsapp_link import link_to_shop, read_shop_phone
from console.translation import say, spoken_language
from console.wording import format_count
from shop.faq.answers import is_of_new_shop
from shop.fulfilment.zones import read_zones
from shop.opening.reading import read_settings
from shop.products.catalogue import offered_products
from shop.products.samples import sample_products
from storage.models import FaqAnswer, OpeningHours, ShopSettings

SAMPLE_NAME = "Chai Corner"
GREETING = "Hi"


@dataclass(frozen=True)
class SetupStep:
    """One step: `said` is how it is now, `answered` what the bot says when customers ask for it;
    `links` are the pages that change it, by what they do."""

    title: str
    is_done: bool
    said: str
    links: tuple[tuple[str, str], ...] = ()
    answered: str = ""


def show_setup(desk: RequestContext) -> Response:
    """The five steps in order, and a QR code that opens WhatsApp with the shop's number."""
    phone = read_shop_phone(desk.session)
    link = link_to_shop(phone, GREETING) if phone else None
    values = {
        "steps": read_steps(desk.session, phone),
        "link": link,
        "picture": draw_qr(link) if link else None,
    }
    return desk.page("shop_room/setup.html", **values)


def read_steps(session: Session, phone: str | None) -> list[SetupStep]:
    """The steps; `phone` is the shop's number, None until a message has come in."""
    settings = read_settings(session)
    return [
        _name(session, settings),
        _hours(session),
        _ways(session, settings),
        _products(session),
        _phone(phone),
    ]


def _name(session: Session, settings: ShopSettings) -> SetupStep:
    is_own = settings.shop_name != SAMPLE_NAME
    said = "Customers know you as" if is_own else "Still the sample's name:"
    place, page = _answer(session, "address")
    if not place or is_of_new_shop(place):
        answered = "Customers who ask where you are do not hear it yet."
    else:
        answered = f"Asked where you are, the bot says: {place}"
    links = (
        ("Change the name", "/shop"),
        ("Say where you are", page),
        ("Change the greeting", "/menus/main_menu"),
    )
    title = "Name and greeting"
    return SetupStep(title, is_own, f"{said} {settings.shop_name}.", links, answered)


def _answer(session: Session, topic: str) -> tuple[str, str]:
    """What the bot says of a topic, in the reader's language where it has one, and the part of a
    page where that is changed."""
    found = session.scalars(select(FaqAnswer).where(FaqAnswer.topic == topic)).first()
    if found is None:
        return "", "/answers#new-topic"
    said = found.translations.get(spoken_language()) or found.answer
    return " ".join(said.split()), f"/answers#answer-{found.id}"


def _hours(session: Session) -> SetupStep:
    days = session.scalar(select(func.count(func.distinct(OpeningHours.weekday)))) or 0
    said = (
        f"Open on {format_count(days, 'day')} of the week."
        if days
        else "Without hours you take orders day and night."
    )
    return SetupStep("Hours", days > 0, said, (("Set the hours", "/shop#hours"),))


def _ways(session: Session, settings: ShopSettings) -> SetupStep:
    ways = {"pickup": "pick-up", "delivery": "delivery", "dine_in": "at a table"}
    offered = ", ".join(say(ways[way]) for way in ways if way in settings.fulfilment)
    links = [("Choose the ways", "/shop")]
    said, is_done = f"You offer: {offered}.", True
    if "delivery" in settings.fulfilment:
        zones = len(read_zones(session))
        is_done = zones > 0
        places = f"to {format_count(zones, 'zone')}" if zones else "everywhere, for nothing"
        said = f"{said} You deliver {places}."
        links.append(("Set the zones", "/shop#zones"))
    if "dine_in" in settings.fulfilment:
        links.append(("Print codes for tables", "/shop/tables"))
    payment, page = _answer(session, "payment")
    links.append(("Say how customers pay", page))
    answered = f"Asked how to pay, the bot says: {payment}" if payment else ""
    return SetupStep("How orders reach customers", is_done, said, tuple(links), answered)


def _products(session: Session) -> SetupStep:
    left = [sample.name for sample in sample_products(session) if sample.is_on_offer]
    own = len(offered_products(session)) - len(left)
    said = (
        f"{format_count(own, 'product')} of your own on offer." if own else "Nothing of your own."
    )
    if left:
        said = f"{said} Still as in the sample: {', '.join(left)}."
    start = () if own else (("Start from a catalogue", "/products/start"),)
    links = (
        *start,
        ("Add a product", "/products/new"),
        ("Import a table", "/products/import"),
        ("Look at all", "/products"),
    )
    return SetupStep("Products", own > 0 and not left, said, links)


def _phone(phone: str | None) -> SetupStep:
    said = (
        "A message has come in. Order something as a customer would."
        if phone
        else f"Write “{GREETING}” to the shop's WhatsApp number from your own phone."
    )
    return SetupStep("Try it on the phone", phone is not None, said, (("Watch it", "/inbox"),))


ROUTES = [Route("/shop/setup", staff_page(show_setup, "owner"), methods=["GET"])]
