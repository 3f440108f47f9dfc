"""Handles requests that cause failures: faults of the Graph API, unusual webhooks, looser rules."""

from dataclasses import asdict, fields

from starlette.requests import Request
from starlette.responses import Response

from emulator.chat import Json
from emulator.config import Config
from emulator.control.reading import ControlError, emulator_of, json_of, refuse_unknown_keys
from emulator.encoding import MetaResponse, encode_json
from emulator.faults import Fault, Faults
from emulator.payloads import change_payload, webhook_payload
from emulator.wire import PROBLEMS, name_error

FAULT_KEYS = tuple(each.name for each in fields(Fault))
KINDS = ("code", "http", "hang", "drop", "fail")


async def add_fault(request: Request) -> Response:
    emulator, given = emulator_of(request), await json_of(request)
    refuse_unknown_keys(given, *FAULT_KEYS)
    kinds = {kind for kind in KINDS if kind in given}
    if len(kinds) != 1 and kinds != {"code", "http"}:
        raise ControlError(f"one of {', '.join(KINDS)} is expected, or code with http")
    if given.get("to"):
        customer = emulator.customers.find_customer(str(given["to"]))
        given["to"] = customer.key if customer else str(given["to"])
    emulator.faults.waiting.append(Fault(**given))
    return await list_faults(request)


async def list_faults(request: Request) -> Response:
    return MetaResponse({"faults": [asdict(each) for each in emulator_of(request).faults.waiting]})


async def drop_faults(request: Request) -> Response:
    emulator_of(request).faults = Faults()
    return await list_faults(request)


async def change_manner(request: Request) -> Response:
    emulator, given = emulator_of(request), await json_of(request)
    manner = emulator.courier.manner
    refuse_unknown_keys(given, *asdict(manner))
    for name, value in given.items():
        kind = type(getattr(manner, name))
        if type(value) is not kind:
            raise ControlError(f"{name} is a {kind.__name__}")
        setattr(manner, name, value)
    return MetaResponse(asdict(manner))


async def release(request: Request) -> Response:
    return MetaResponse({"released": emulator_of(request).courier.release()})


async def send_webhook(request: Request) -> Response:
    """Sends any webhook to the shop, signed or forged."""
    emulator, given = emulator_of(request), await json_of(request)
    refuse_unknown_keys(given, "value", "field", "body", "raw", "signature")
    if "raw" in given:
        raw = str(given["raw"]).encode("utf-8", "surrogatepass")
    elif "body" in given:
        raw = encode_json(given["body"])
    else:
        raw = encode_json(webhook_payload([own_change(emulator.config, given)]))
    try:
        status = await emulator.courier.wire.post(raw, given.get("signature"))
    except PROBLEMS as error:
        return MetaResponse({"http": None, "problem": name_error(error)})
    return MetaResponse({"http": status, "problem": None})


def own_change(config: Config, given: Json) -> Json:
    """The given change, with the shop's number added."""
    return change_payload(config, given.get("value", {})) | {
        "field": given.get("field", "messages")
    }


async def shake_hands(request: Request) -> Response:
    emulator, given = emulator_of(request), await json_of(request)
    refuse_unknown_keys(given, "verify_token", "mode")
    token = given.get("verify_token", emulator.config.verify_token)
    problem = await emulator.courier.wire.shake_hands(token, given.get("mode", "subscribe"))
    return MetaResponse({"problem": problem})


async def change_rules(request: Request) -> Response:
    emulator, given = emulator_of(request), await json_of(request)
    refuse_unknown_keys(given, "pair_rate")
    emulator.pair_rate.enforced = bool(given.get("pair_rate", emulator.pair_rate.enforced))
    return MetaResponse({"pair_rate": emulator.pair_rate.enforced})
