"""The webhook as a Sanic blueprint, which Rasa's server loads; the receiver has its own server."""

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, text

from connectors.whatsapp.deliveries import Accept, Echo, Receiving, Secrets, challenge, deliver
from connectors.whatsapp.echoes import keep
from connectors.whatsapp.signature import HEADER

__all__ = ["Secrets", "blueprint"]


def blueprint(
    name: str, secrets: Secrets, phone_number_id: str, accept: Accept, echo: Echo = keep
) -> Blueprint:
    """The webhook's routes, to be mounted under /webhooks/whatsapp; see `Receiving`."""
    routes = Blueprint(name)
    receiving = Receiving(secrets, phone_number_id, accept, echo)

    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def handshake(request: Request) -> HTTPResponse:
        asked = {key: request.args.get(key) for key in request.args}
        answer = challenge(asked, secrets.verify_token)
        return empty(status=403) if answer is None else text(answer)

    async def delivery(request: Request) -> HTTPResponse:
        return empty(status=await deliver(receiving, request.body, request.headers.get(HEADER)))

    routes.add_route(health, "/")
    routes.add_route(handshake, "/webhook")
    routes.add_route(delivery, "/webhook", methods=["POST"])
    return routes
