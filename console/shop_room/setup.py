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
from console.translation import say
from console.wording import format_count
from shop.fulfilment.zones import read_zones
from shop.opening.reading import read_settings
from shop.products.catalogue import offered_products
from shop.products.samples import sample_products
from storage.models import OpeningHours, ShopSettings

SAMPLE_NAME = "Chai Corner"
GREETING = "Hi"


@dataclass(frozen=True)
class SetupStep:
    """One step; `said`: its state in words, `links`: titles and paths of the pages to change it."""

    title: str
    is_done: bool
    said: str
    links: tuple[tuple[str, str], ...] = ()


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
        _name(settings),
        _hours(session),
        _ways(session, settings),
        _products(session),
        _phone(phone),
    ]


def _name(settings: ShopSettings) -> SetupStep:
    is_own = settings.shop_name != SAMPLE_NAME
    said = "Customers know you as" if is_own else "Still the sample's name:"
    links = (("Change the name", "/shop"), ("Change the greeting", "/menus/main_menu"))
    return SetupStep("Name and greeting", is_own, f"{said} {settings.shop_name}.", links)


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
    return SetupStep("How orders reach customers", is_done, said, tuple(links))


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
