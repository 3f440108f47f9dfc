"""The Graph API's endpoint for messages: sending, and marking as read."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import Response

from emulator.access import check_authorisation, check_path, read_body
from emulator.chat import Json, Message
from emulator.checks.envelope import Outgoing, check_message
from emulator.checks.receipt import check_receipt
from emulator.config import SHOP_PHONE
from emulator.customers import TYPING_SECONDS, Customer
from emulator.encoding import MetaResponse
from emulator.errors import (
    BAD_VALUE,
    MEDIA_UPLOAD,
    PAIR_RATE,
    UNDELIVERABLE,
    WINDOW_CLOSED,
    GraphError,
    bad_value,
)
from emulator.faults import Fault
from emulator.identifiers import new_message_id
from emulator.media import has_unusable_media
from emulator.state import Emulator
from emulator.statuses import fail_message, travel

HTTP_OK = 200


async def messages(request: Request) -> Response:
    """POST /{version}/{phone number id}/messages."""
    emulator: Emulator = request.app.state.emulator
    body = await read_body(request)
    try:
        check_authorisation(emulator, request)
        check_path(emulator, request, request.path_params["node"])
        if "status" in body:
            return await mark_read(emulator, body, request)
        return await take_message(emulator, body, request)
    except GraphError as error:
        note_refusal(emulator, body, error)
        raise


async def take_message(emulator: Emulator, body: Json, request: Request) -> Response:
    """Accepts one message and answers it.

    Raises:
        GraphError: Meta would refuse the message.
    """
    outgoing = check_message(body, sender=SHOP_PHONE)
    if outgoing.type == "template":
        emulator.templates.check(outgoing.content)
    customer = find_recipient(emulator, outgoing)
    if not emulator.pair_rate.allows(customer.key):
        raise GraphError(PAIR_RATE)
    fault = emulator.faults.take("messages", customer.key)
    if fault and not fault.accept and fault.fail is None:
        return await suffer_fault(fault, request)
    message = accept_message(emulator, customer, outgoing, fault.fail if fault else None)
    if fault and fault.fail is None:
        return await suffer_fault(fault, request)
    return MetaResponse(answer_request(outgoing, message))


def find_recipient(emulator: Emulator, outgoing: Outgoing) -> Customer:
    """The customer with this number; for an unknown number, one who is not on WhatsApp."""
    key = outgoing.phone or outgoing.user_id or ""
    found = emulator.customers.find_customer(key)
    return found or Customer(name="", phone=outgoing.phone, user_id=outgoing.user_id or "")


def accept_message(
    emulator: Emulator, customer: Customer, outgoing: Outgoing, told_to_fail: int | None
) -> Message:
    """Accepts a message, which will arrive, or get a failed status.

    told_to_fail: the code of a failed status that a test has requested."""
    content = outgoing.content
    if outgoing.type == "template":
        content = emulator.templates.rendered(content)
    message = Message(
        id=new_message_id(customer.key),
        sender="shop",
        type=outgoing.type,
        content=content,
        context_id=outgoing.context_id,
        callback_data=outgoing.callback_data,
    )
    emulator.pair_rate.count_message(customer.key)
    emulator.remember(customer, message)
    code = told_to_fail or why_it_fails(emulator, customer, message)
    if code:
        emulator.start(fail_message(emulator, customer, message, code))
    else:
        put_on_phone(emulator, customer, message)
        emulator.start(travel(emulator, customer, message))
    emulator.note(customer=customer.key, request=outgoing.request, http=HTTP_OK, sent=message)
    return message


def why_it_fails(emulator: Emulator, customer: Customer, message: Message) -> int | None:
    """The code of the failed status that will follow, or None."""
    if emulator.customers.find_customer(customer.key) is None:
        return UNDELIVERABLE
    if message.type != "template" and not customer.window_is_open:
        return WINDOW_CLOSED
    if message.type == "reaction" and customer.message(message.content["message_id"]) is None:
        return BAD_VALUE
    return MEDIA_UPLOAD if has_unusable_media(emulator.media, message) else None


def put_on_phone(emulator: Emulator, customer: Customer, message: Message) -> None:
    """Shows a bubble, or a reaction on one, and ends the typing indicator.

    A phone that is offline gets it later."""
    customer.typing_until = 0
    if message.type == "reaction":
        target = customer.message(message.content["message_id"])
        if target:
            target.reactions["shop"] = message.content["emoji"]
            emulator.touch(customer, target)
    elif customer.online:
        customer.show(message)
        emulator.touch(customer, message)
    else:
        customer.missed.append(message)
    emulator.tell(customer)


def answer_request(outgoing: Outgoing, message: Message) -> Json:
    """The answer to an accepted message; it names the recipient as the request did."""
    contact = {"input": outgoing.input}
    contact |= {"wa_id": outgoing.phone} if outgoing.phone else {"user_id": outgoing.user_id or ""}
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": message.id}],
    }


async def mark_read(emulator: Emulator, body: Json, request: Request) -> Response:
    """Marks this message and those before it as read; may show the typing indicator."""
    message_id, typing = check_receipt(body)
    found = emulator.find_message(message_id)
    if found is None or found[1].sender != "customer":
        raise bad_value("message_id is not the id of a message that was received")
    customer, message = found
    fault = emulator.faults.take("reads", customer.key)
    if fault:
        return await suffer_fault(fault, request)
    for earlier in customer.messages:
        if earlier.sender == "customer" and earlier.at <= message.at:
            emulator.advance(customer, earlier, "read")
    emulator.advance(customer, message, "read")
    if typing:
        customer.typing_until = time.time() + TYPING_SECONDS
        emulator.tell(customer)
    return MetaResponse({"success": True})


async def suffer_fault(fault: Fault, request: Request) -> Response:
    """Carries out a fault: the response in place of the answer."""
    if fault.code is not None:
        raise GraphError(fault.code, http=fault.http)
    if fault.http is not None:
        return Response("<html>Sorry, something went wrong.</html>", fault.http)
    await asyncio.sleep(fault.hang or 0)
    request.scope["emulator.drop"]()
    return Response(status_code=500)


def note_refusal(emulator: Emulator, body: Json, error: GraphError) -> None:
    to = body.get("to") or body.get("recipient")
    known = emulator.customers.find_customer(to) if isinstance(to, str) else None
    emulator.note(
        customer=known.key if known else str(to) if to else None,
        request=body,
        http=error.http,
        code=error.code,
        message=error.message,
        details=error.details,
    )
