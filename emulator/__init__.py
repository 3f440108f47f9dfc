"""WhatsApp on one page: a strict stand-in for Meta's Graph API, its webhooks, and a phone.

Run it with `python -m emulator`. It speaks HTTP alone and imports nothing of the shop's:

- the shop sends to `POST /{version}/{phone number id}/messages`, as it would to Meta (`graph`);
- the emulator posts signed webhooks to EMULATOR_WEBHOOK_URL, as Meta would (`courier`);
- people use the phone at `/`, tests the control API at `/emulator/...` (`control`).

Nothing is kept on disk: a restart is an empty phone.
"""
