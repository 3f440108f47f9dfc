"""The test bench beside the phones: how a message was processed, and conversations as stories.

How a message was understood and what it caused is read from the shop's database, whose tables are
part of the contract (`EMULATOR_DATABASE` says where it is; without it there is no X-ray). Nothing
is written there. The addresses, under /emulator:

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
