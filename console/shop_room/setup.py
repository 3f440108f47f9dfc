"""The first steps of a new shop: which are done and which are missing, read from the tables."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

import settings as configuration
from console.authentication import staff_page
from console.qr_codes import draw_qr
from console.request_context import RequestContext
from console.shop_room.setup_answers import read_setup_answer
from console.shop_room.whatsapp_link import link_to_shop, read_shop_phone
from console.translation import say
from console.wording import format_count
from shop.fulfilment.zones import read_zones
from shop.opening.reading import read_settings
from shop.products.catalogue import offered_products
from shop.products.samples import sample_products
from storage.models import OpeningHours, ShopSettings

SAMPLE_NAME = "Chai Corner"
SAMPLE_WAYS = ["pickup"]
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
    """The five steps in order, and what opens a chat with the shop: a QR code, or in practice mode
    a link to the emulator's phone."""
    phone, practice = read_shop_phone(desk.session), find_practice_phone()
    link = link_to_shop(phone, GREETING) if phone and not practice else None
    values = {
        "steps": read_steps(desk.session, phone, is_practice=bool(practice)),
        "link": link,
        "picture": draw_qr(link) if link else None,
        "practice": practice,
    }
    return desk.page("shop_room/setup.html", **values)


def find_practice_phone() -> str | None:
    """The address of the emulator's phone; None where the shop has a real number."""
    found = configuration.load_settings()
    return f"http://127.0.0.1:{found.emulator_port}" if found.emulated else None


def read_steps(
    session: Session, phone: str | None, *, is_practice: bool = False
) -> list[SetupStep]:
    """The steps; `phone` is the shop's number, None until a message has come in; is_practice: it
    is the emulator's."""
    settings = read_settings(session)
    return [
        _name(session, settings),
        _hours(session),
        _ways(session, settings),
        _products(session),
        _phone(phone, is_practice),
    ]


def _name(session: Session, settings: ShopSettings) -> SetupStep:
    is_own = settings.shop_name != SAMPLE_NAME
    said = "Customers know you as" if is_own else "Still the sample's name:"
    place = read_setup_answer(session, "address")
    if not place.is_own:
        answered = "Customers who ask where you are do not hear it yet."
    elif place.sample_languages:
        answered = f"Where you are still stands in the sample's words in: {place.sample_languages}."
    else:
        answered = f"Asked where you are, the bot says: {place.words}"
    links = (
        ("Change the name", "/shop"),
        ("Say where you are", place.page),
        ("Change the greeting", "/menus/main_menu#greeting"),
    )
    is_done = is_own and not place.sample_languages
    title = "Name and greeting"
    return SetupStep(title, is_done, f"{said} {settings.shop_name}.", links, answered)


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
    # The form of the name has the ways, too: who has saved it has chosen.
    is_chosen = settings.shop_name != SAMPLE_NAME or list(settings.fulfilment) != SAMPLE_WAYS
    said, is_done = f"You offer: {offered}.", is_chosen
    if "delivery" in settings.fulfilment:
        zones = len(read_zones(session))
        is_done = is_done and zones > 0
        places = f"to {format_count(zones, 'zone')}" if zones else "everywhere, for nothing"
        said = f"{said} You deliver {places}."
        links.append(("Set the zones", "/shop#zones"))
    if "dine_in" in settings.fulfilment:
        links.append(("Print codes for tables", "/shop/tables"))
    payment = read_setup_answer(session, "payment")
    links.append(("Say how customers pay", payment.page))
    answered = f"Asked how to pay, the bot says: {payment.words}" if payment.words else ""
    if payment.is_own and payment.sample_languages:
        is_done = False
        answered = f"How to pay still stands in the sample's words in: {payment.sample_languages}."
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


def _phone(phone: str | None, is_practice: bool) -> SetupStep:
    if phone:
        said = "A message has come in. Order something as a customer would."
    elif is_practice:
        said = f"No WhatsApp number is connected yet. Write “{GREETING}” on the practice phone."
    else:
        said = f"Write “{GREETING}” to the shop's WhatsApp number from your own phone."
    return SetupStep("Try it on the phone", phone is not None, said, (("Watch it", "/inbox"),))


ROUTES = [Route("/shop/setup", staff_page(show_setup, "owner"), methods=["GET"])]
