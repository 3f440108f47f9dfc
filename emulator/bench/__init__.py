"""The test bench beside the phones: what became of a message, and conversations as stories.

What a message was taken for and what came of it is read from the shop's database, whose tables are
public names (`EMULATOR_DATABASE` says where it is; without it there is no X-ray). Nothing is
written there. The addresses, under /emulator:

    GET /customers/{key}/turns/{wamid}?wait=S
        one of the customer's messages, once the shop has processed it: {"status", "intent",
        "ranking", "entities", "steps", "rule", "slots", "state", "rows", ...}
    GET /customers/{key}/story?after=N&name=...
        what the customer did after bubble N, as stories of Rasa's format 3 (text)
    GET /traffic
        every request: the shop's to the Graph API, and the webhooks to the shop
    GET /webhook-examples
        bodies to send by hand, with this customer in them: ?customer=key
"""
