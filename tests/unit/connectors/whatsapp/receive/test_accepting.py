from connectors.whatsapp.receive.accepting import (
    echoed_messages,
    incoming_messages,
    status_receipts,
)
from tests.unit.connectors.whatsapp.shapes import (
    MEDIA,
    MESSAGES,
    NUMBER_ID,
    PHONE,
    SENT_AT,
    USER_ID,
    body,
    contact,
    message,
    parsed,
    status,
)
from tests.unit.connectors.whatsapp.shapes import value as change
from trays.receipts import fold_receipts
from trays.records import message_records


def accepted(*values):
    return incoming_messages(parsed(body(*values)), NUMBER_ID)


def test_a_message_becomes_a_row():
    (row,) = accepted(change([message(context={"id": "wamid.OUT=="})]))
    assert (row.message_id, row.phone, row.user_id, row.name) == (
        "wamid.A1==",
        PHONE,
        None,
        "Asha",
    )
    assert (row.to_phone, row.message_type, row.content) == ("15550783881", "text", "Hi")
    assert (row.context_id, row.media_type) == ("wamid.OUT==", None)
    assert row.payload["text"] == {"body": "Hi"}
    assert row.payload["parsed"] == {"content": {"type": "Text", "body": "Hi"}}


def test_media_facts_are_kept():
    node = {**MEDIA, "url": "https://media.example/1", "caption": "Wet!", "file_size": 10}
    (row,) = accepted(change([message("image", node)]))
    assert (row.media_url, row.media_type, row.media_size) == (
        "https://media.example/1",
        "image/jpeg",
        10,
    )
    assert row.content == "Wet!"
    assert row.payload["image"]["id"] == "1234"


def test_customers_without_a_phone():
    shape = message(**{"from": None, "from_user_id": USER_ID})
    (row,) = accepted(change([shape], contacts=[contact(phone=None, user_id=USER_ID)]))
    assert (row.phone, row.user_id) == (None, USER_ID)


def test_a_changed_number_moves_the_customer():
    (row,) = accepted(change([MESSAGES["changed number"][0]], contacts=[]))
    assert (row.phone, row.moved_to_phone) == (PHONE, "919000000000")
    identity = message("system", {"type": "customer_identity_changed", "wa_id": "919000000000"})
    (row,) = accepted(change([identity], contacts=[]))
    assert row.moved_to_phone is None


def test_doubles_within_one_body_are_one():
    assert len(message_records(accepted(change([message(), message()]), change([message()])))) == 1


def test_other_numbers_are_left_alone():
    other = change([message(id="2")], [status(id="3")], number_id="999")
    assert [row.message_id for row in accepted(change([message(id="1")]), other)] == ["1"]
    assert status_receipts(parsed(body(other)), NUMBER_ID) == []


def test_a_body_that_names_no_number_is_ours():
    whole = change([message()])
    del whole["metadata"]
    assert len(accepted(whole)) == 1


def test_receipts():
    error = {"code": 131026, "title": "Undeliverable"}
    news = change(
        statuses=[
            status("sent"),
            status("sent"),
            status("played"),
            status("failed", errors=[error], biz_opaque_callback_data="tray-7"),
            status("warning"),
            status("deleted"),
        ]
    )
    receipts = status_receipts(parsed(body(news)), NUMBER_ID)
    assert (receipts[3].callback_data, receipts[3].error) == ("tray-7", error)
    (row,) = fold_receipts(receipts)
    assert {"sent_at", "read_at", "failed_at"} == {key for key in row if key.endswith("_at")}
    assert (row["row"], row["reason"]) == (7, "131026 Undeliverable")


def test_what_is_older_than_meta_would_deliver_is_left():
    def sent(days):
        return message(id=f"{days}", timestamp=str(SENT_AT - days * 24 * 3600))

    days = [row.message_id for row in accepted(change([sent(9), sent(7), sent(0)]))]
    assert days == ["7", "0"]
    late = {"to": PHONE, **sent(9)}
    webhook = parsed(body({**change(), "message_echoes": [late]}, field="smb_message_echoes"))
    assert len(webhook.echoes) == 1
    assert echoed_messages(webhook, NUMBER_ID) == []
