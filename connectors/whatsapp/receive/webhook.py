"""The webhook as a Sanic blueprint, which Rasa's server loads; the receiver has its own server."""

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, text

from connectors.whatsapp.receive.deliveries import (
    Accept,
    Echo,
    Receiving,
    Secrets,
    accept_delivery,
    answer_challenge,
)
from connectors.whatsapp.receive.echoes import store_echoes
from connectors.whatsapp.receive.signature import HEADER


def webhook_blueprint(
    name: str, secrets: Secrets, phone_number_id: str, accept: Accept, echo: Echo = store_echoes
) -> Blueprint:
    """The webhook's routes, to be mounted under /webhooks/whatsapp; see `Receiving`."""
    routes = Blueprint(name)
    receiving = Receiving(secrets, phone_number_id, accept, echo)

    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def handshake(request: Request) -> HTTPResponse:
        asked = {key: request.args.get(key) for key in request.args}
        answer = answer_challenge(asked, secrets.verify_token)
        return empty(status=403) if answer is None else text(answer)

    async def delivery(request: Request) -> HTTPResponse:
        return empty(
            status=await accept_delivery(receiving, request.body, request.headers.get(HEADER))
        )

    routes.add_route(health, "/")
    routes.add_route(handshake, "/webhook")
    routes.add_route(delivery, "/webhook", methods=["POST"])
    return routes
