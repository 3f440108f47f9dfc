"""The control API's routes."""

from starlette.routing import Mount, Route

from emulator.bench.routes import bench_routes
from emulator.control import customers, rest, trouble


def control_routes() -> Mount:
    """All routes under /emulator."""
    return Mount(
        "/emulator",
        routes=[
            Route("/customers", customers.list_customers, methods=["GET"]),
            Route("/customers", customers.add_customer, methods=["POST"]),
            Route("/customers/{key}", customers.show_customer, methods=["GET"]),
            Route("/customers/{key}", customers.change_customer, methods=["PATCH"]),
            Route("/customers/{key}/clock", customers.pass_time, methods=["POST"]),
            Route("/customers/{key}/number", customers.change_number, methods=["POST"]),
            Route("/customers/{key}/messages", customers.act_as_customer, methods=["POST"]),
            Route("/customers/{key}/messages/{wamid:path}", customers.show_message),
            Route("/customers/{key}/chat", customers.chat, methods=["GET"]),
            Route("/faults", trouble.list_faults, methods=["GET"]),
            Route("/faults", trouble.add_fault, methods=["POST"]),
            Route("/faults", trouble.drop_faults, methods=["DELETE"]),
            Route("/webhooks", trouble.change_manner, methods=["PATCH"]),
            Route("/webhooks", trouble.send_webhook, methods=["POST"]),
            Route("/webhooks/release", trouble.release, methods=["POST"]),
            Route("/handshake", trouble.shake_hands, methods=["POST"]),
            Route("/rules", trouble.change_rules, methods=["PATCH"]),
            Route("/requests", rest.list_requests, methods=["GET"]),
            Route("/templates", rest.add_template, methods=["POST"]),
            Route("/templates", rest.change_template, methods=["PATCH"]),
            Route("/account", rest.change_account, methods=["PATCH"]),
            Route("/media", rest.upload_from_page, methods=["POST"]),
            Route("/media/{media_id}", rest.serve_media, methods=["GET"]),
            Route("/state", rest.show_state, methods=["GET"]),
            Route("/events", rest.events, methods=["GET"]),
            Route("/reset", rest.reset, methods=["POST"]),
            *bench_routes(),
        ],
    )
