"""Emulates WhatsApp: a strict version of Meta's Graph API, its webhooks, and phones on a page.

Run it with `python -m emulator`. It only speaks HTTP and imports nothing of the shop:

- the shop sends to `POST /{version}/{phone number id}/messages`, as it would to Meta (`graph`);
- the emulator posts signed webhooks to EMULATOR_WEBHOOK_URL, as Meta would (`courier`);
- people use the phone at `/`, tests the control API at `/emulator/...` (`control`).

Nothing is kept on disk: after a restart the phones are empty.
"""
