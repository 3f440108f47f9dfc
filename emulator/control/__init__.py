"""The control API, by which tests and the page act as customers, and make Meta's side fail.

JSON in, JSON out, under `/emulator`. An error is `{"error": "..."}` with a 4xx status. `{key}` is
a customer's phone (digits, in any spelling) or business-scoped user id.

Customers
    GET    /customers                    {"customers": [customer]}
    POST   /customers                    {"phone", "name", "user_id"} all optional; `"phone": null`
                                         makes somebody who shows a user id alone -> customer
    GET    /customers/{key}              customer
    PATCH  /customers/{key}              {"name", "online", "reads", "watching"}: offline gets only
                                         `sent`, a customer who does not read gets no `read`, one
                                         who watches gets `read` without `delivered` -> customer
    POST   /customers/{key}/clock        {"hours": 25} (or "minutes", "seconds"): that much time has
                                         passed for the 24-hour window and the pair rate
    POST   /customers/{key}/number       {"phone": "..."}: another number, which Meta's system
                                         message tells, or the first that the shop is shown; null
                                         hides it: then there is a user id alone -> customer

What a customer does: POST /customers/{key}/messages -> {"id": wamid, "number": n}
    {"text": "hi"}                       also with "quote": wamid; an unknown phone becomes a
                                         customer, with "name" if it is given
    {"tap": "Place Order"}               a button or row by title or id, on the latest bubble that
                                         has it; "on": wamid names another bubble; "context": false
                                         leaves out which bubble it was
    {"image": true}                      a sample; or a media id of POST /media; with "caption". So
                                         also video, document ("filename"), sticker, audio, voice
    {"location": {"latitude", "longitude", "name"?, "address"?}}
    {"contact": {"name", "phone"}}       without "phone" the customer's own
    {"reaction": "👍", "on": wamid}      on the latest bubble without "on"; "" takes it back
    {"order": [{"product_retailer_id", "quantity", "item_price"}]}
    {"flow": {...} or "raw text"}        the answer to a flow
    {"message": {...}}                   a raw message of Meta's; from, id and timestamp are added
                                         where they are missing

What a customer sees
    GET /customers/{key}/chat?after=N&wait=S
        {"customer", "messages": [bubbles with number > N], "last": n, "typing": bool}; waits up to
        S seconds (at most 60) until there is one. `from=shop` leaves out what the customer wrote.
    GET /customers/{key}/messages/{wamid}?status=read&wait=S
        one message with its statuses; waits until it has that status. Also of messages that
        failed and never reached the phone.
    A bubble: {"number", "id", "from": "shop"|"customer", "type", "text", "header", "footer",
    "button" (the label that opens a list), "options": [{"id", "title", "description"?,
    "section"?}], "content" (Meta's JSON), "context_id", "status", "statuses", "error",
    "reactions": {"shop": "👍"}, "time"}

Failures on Meta's side
    POST   /faults       the next requests to the Graph API that would be accepted:
                         {"times": 1, "of": "messages"|"reads", "to": phone} and one of
                         {"code": 131056} refused (with "http": as that status), {"http": 500}
                         without JSON, {"hang": 30} no answer and then dropped, {"drop": true}
                         dropped at once, {"fail": 131026} accepted and then failed;
                         "accept": true lets the message out before the trouble
    GET    /faults       those that wait;   DELETE /faults drops them
    PATCH  /webhooks     {"duplicates": 1, "shuffle": true, "batch": 5, "held": true}
    POST   /webhooks/release             sends what was held -> {"released": n}
    POST   /webhooks     {"value": {...}, "field": "messages"} a change of your own, or {"body":
                         any}, or {"raw": "bytes as text"}; "signature" to forge one. Tried once
                         -> {"http": 200}, or {"problem": "no connection"}
    POST   /handshake    {"verify_token", "mode"}: Meta's GET; -> {"problem": null} when it is right
    PATCH  /rules        {"pair_rate": false} switches the limit per customer off

The rest
    GET    /requests     the log of Graph requests; ?customer=key&refused=true
    POST   /templates    {"name", "language", "body", "buttons"?, "status"?, "category"?}: one that
                         Meta has approved, where "status" says nothing else
    PATCH  /templates    {"name", "language", "status": "PAUSED", "reason"?}; the shop is told
    PATCH  /account      how the account is at Meta, any of emulator/account.py: {"quality_rating":
                         "RED"}, {"is_subscribed": false}, {"token_is_valid": false}, ...; an
                         empty object shows it
    POST   /media        the bytes, with their Content-Type -> {"id"};   GET /media/{id}
    GET    /state        everything;   GET /events the same as server-sent events
    POST   /reset        back to the start
"""
