"""Rasa's REST channel, for this machine alone.

A bare `rasa run` listens on all addresses unless it gets `-i 127.0.0.1`, and its REST channel lets
everybody who reaches it speak for any customer of the shop's database.
"""

import ipaddress
from collections.abc import Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, text

REFUSAL = "The REST channel answers this machine only.\n"


class LocalRest(RestInput):
    """Refuses requests from other machines with 403; else Rasa's own channel `rest`."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """The routes of the channel, behind the check."""
        routes = super().blueprint(on_new_message)
        routes.on_request(refuse_other_machines)
        return routes


async def refuse_other_machines(request: Request) -> HTTPResponse | None:
    """A refusal for a request of another machine, None for one of this machine."""
    return None if is_this_machine(request.ip) else text(REFUSAL, status=403)


def is_this_machine(address: str) -> bool:
    """Whether an address is a loopback address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
