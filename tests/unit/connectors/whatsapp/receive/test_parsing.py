import copy
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.whatsapp.api.contents import Unsupported
from connectors.whatsapp.api.inbound import Sender, Webhook
from connectors.whatsapp.api.sanitise import parse_json
from shop.alerts.account_notices import AccountChange
from storage.json_values import sanitise_json
from tests.cpu import cpu_seconds
from tests.unit.connectors.whatsapp.shapes import (
    MESSAGES,
    NUMBER_ID,
    PHONE,
    SENT_AT,
    USER_ID,
    body,
    contact,
    everything,
    message,
    parsed,
    status,
    value,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_every_entry_every_change_every_message():
    first = value([message(id="1"), message(id="2")])
    second = value([message(id="3")], [status(id="4")])
    whole = body(first, second)
    whole["entry"][0]["changes"].append({"field": "messages", "value": value([message(id="5")])})
    webhook = parsed(whole)
    assert [each.message_id for each in webhook.messages] == ["1", "2", "5", "3"]
    assert [each.message_id for each in webhook.statuses] == ["4"]


def test_everything_at_once():
    webhook = parsed(everything())
    assert [each.received.content.summary for each in webhook.messages] == [
        summary for _shape, summary in MESSAGES.values()
    ]
    assert [each.status for each in webhook.statuses] == ["delivered", "read"]
    assert webhook.problems[0].code == 131000
    assert webhook.dropped == 0


def test_one_message_in_full():
    (found,) = parsed(body(value([message(context={"id": "wamid.OUT==", "from": "1"})]))).messages
    assert found.message_id == "wamid.A1=="
    assert found.phone_number_id == NUMBER_ID
    assert found.to_phone == "15550783881"
    assert found.sender == Sender(PHONE, None, "Asha")
    assert found.type == "text"
    assert found.timestamp == datetime.fromtimestamp(SENT_AT, UTC)
    assert found.context_id == "wamid.OUT=="
    assert found.payload["text"] == {"body": "Hi"}


def test_forwarded_messages_have_no_context_id():
    (found,) = parsed(body(value([message(context={"forwarded": True})]))).messages
    assert found.context_id is None


SENDERS = {
    "phone alone": (
        message(),
        [contact()],
        Sender(PHONE, None, "Asha"),
    ),
    "user id alone": (
        message(**{"from": None, "from_user_id": USER_ID}),
        [contact(phone=None, user_id=USER_ID)],
        Sender(None, USER_ID, "Asha"),
    ),
    "phone known from the contact": (
        message(**{"from": None, "from_user_id": USER_ID}),
        [contact(name="Other", phone="1"), contact(user_id=USER_ID)],
        Sender(PHONE, USER_ID, "Asha"),
    ),
    "user id known from the contact": (
        message(),
        [contact(user_id=USER_ID)],
        Sender(PHONE, USER_ID, "Asha"),
    ),
    "somebody else's contact": (message(), [contact(phone="1")], Sender(PHONE, None)),
    "no contacts": (message(), [], Sender(PHONE, None)),
    "contact without profile": (message(), [{"wa_id": PHONE}], Sender(PHONE, None)),
    "written with ornaments": (
        message(**{"from": "+91 98765-43210"}),
        [],
        Sender(PHONE, None),
    ),
}


@pytest.mark.parametrize("case", SENDERS)
def test_who_wrote_it(case):
    shape, contacts, sender = SENDERS[case]
    (found,) = parsed(body(value([shape], contacts=contacts))).messages
    assert found.sender == sender


@pytest.mark.parametrize(
    "shape",
    [
        message(id=None),
        message(id=""),
        message(id="w" * 513),
        message(id={"a": 1}),
        message(**{"from": None}),
        message(**{"from": "PHONE_NUMBER"}),
        "not an object",
    ],
)
def test_what_cannot_be_stored_or_answered_is_counted(shape):
    webhook = parsed(body(value([shape, message()], contacts=[])))
    assert len(webhook.messages) == 1
    assert webhook.dropped == 1


@pytest.mark.parametrize("written", ["1760000000", 1760000000, 1760000000.0])
def test_times_as_string_or_number(written):
    (found,) = parsed(body(value([message(timestamp=written)]))).messages
    assert found.timestamp == datetime.fromtimestamp(1760000000, UTC)


@pytest.mark.parametrize(
    "written", ["soon", None, -1, 0, 10**30, "9" * 5000, float("nan"), [], True, 1760000000000]
)
def test_times_that_are_none_become_now(written):
    (found,) = parsed(body(value([message(timestamp=written)]))).messages
    assert datetime.now(UTC) - found.timestamp < timedelta(seconds=60)


def test_statuses_carry_callback_data_and_the_error():
    failed = status(
        "failed",
        biz_opaque_callback_data="7:1",
        errors=[{"code": 131047, "title": "Re-engagement message"}],
    )
    found, lone = parsed(body(value(statuses=[failed, status("read")]))).statuses
    assert (found.status, found.callback_data) == ("failed", "7:1")
    assert found.error == {"code": 131047, "title": "Re-engagement message"}
    assert lone.error is None


def test_a_status_says_what_the_message_costs():
    pricing = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}
    # As it will be: Meta is retiring `billable`.
    later = {"type": "regular", "category": "service"}
    free = {"type": "free_customer_service", "category": "service"}
    odd = {"billable": "yes", "category": ["x"], "type": "unheard of"}
    given = [status("sent", pricing=one) for one in (pricing, later, free, odd, "free", None)]
    found = parsed(body(value(statuses=given))).statuses
    assert [(one.price_category, one.is_billable) for one in found] == [
        ("utility", True), ("service", True), ("service", False), *[(None, None)] * 3,
    ]  # fmt: skip


def test_echoes_are_not_messages():
    echo = {**message(), "from": "15550783881", "to": PHONE, "id": "wamid.E"}
    written = {**value(contacts=[]), "message_echoes": [echo]}
    webhook = parsed(body(written, field="smb_message_echoes"))
    assert webhook.messages == ()
    assert webhook.echoes[0].sender == Sender(PHONE, None)
    assert webhook.echoes[0].received.content.summary == "Hi"


def test_preferences():
    stop = {"wa_id": PHONE, "value": "stop", "timestamp": 1760000000}
    written = {**value(contacts=[]), "user_preferences": [stop]}
    webhook = parsed(body(written, field="user_preferences"))
    assert webhook.preferences[0].value == "stop"
    assert webhook.preferences[0].sender == Sender(PHONE, None)


def test_other_fields_are_noted():
    webhook = parsed(body({"event": "PIN_CHANGED"}, field="security"))
    assert webhook == Webhook(notices=("security",))


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("phone_number_quality_update",
         {"event": "FLAGGED", "display_phone_number": "+1 555 078 3881",
          "current_limit": "TIER_250"},
         AccountChange("FLAGGED", "15550783881", ("TIER_250",))),
        ("account_update", {"event": "VERIFIED_ACCOUNT", "phone_number": "15550783881"},
         AccountChange("VERIFIED_ACCOUNT")),
        ("account_update",
         {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}},
         AccountChange("ACCOUNT_VIOLATION", details=("ADULT",))),
        ("account_update",
         {"event": "ACCOUNT_RESTRICTION", "restriction_info": [
             {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": 1760000000},
             {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1760003600}]},
         AccountChange(
             "ACCOUNT_RESTRICTION",
             details=("RESTRICTED_ADD_PHONE_NUMBER_ACTION", "RESTRICTED_BIZ_INITIATED_MESSAGING"),
             until=datetime.fromtimestamp(1760003600, UTC))),
        ("account_update",
         {"event": "ACCOUNT_RESTRICTION", "restriction_info": [
             {"restriction_type": "A", "expiration": 1760000000}, {"restriction_type": "B"}]},
         AccountChange("ACCOUNT_RESTRICTION", details=("A", "B"))),
        ("account_update",
         {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE",
                                                   "waba_ban_date": "May 15, 2027"}},
         AccountChange("SCHEDULE_FOR_DISABLE", details=("May 15, 2027",))),
    ],
)  # fmt: skip
def test_what_meta_tells_of_the_account(field, written, expected):
    assert parsed(body(written, field=field)) == Webhook(account=(expected,), notices=(field,))


@pytest.mark.parametrize("field", ["phone_number_quality_update", "account_update"])
@pytest.mark.parametrize("written", [{}, {"event": None}, {"event": {"a": 1}}])
def test_a_change_of_the_account_without_an_event_is_dropped(field, written):
    assert parsed(body(written, field=field)) == Webhook(dropped=1)


def test_what_postgresql_refuses_is_taken_out():
    odd = message(node={"body": "a\x00b\ud800c", "\x00k": float("inf")})
    (found,) = parsed(body(value([odd]))).messages
    assert found.received.content.summary == "abc"
    assert found.payload["text"] == {"body": "abc", "k": None}


def test_deep_nesting_ends():
    deep = []
    for _ in range(10_000):
        deep = [deep]
    (found,) = parsed(sanitise_json(body(value([message("hologram", deep)])))).messages
    assert isinstance(found.received.content, Unsupported)
    json.dumps(found.payload)


def test_many_changes_are_read_in_linear_time():
    def cpu(changes):
        body = {"entry": [{"changes": [{"field": "x"}] * changes}]}
        return cpu_seconds(lambda: parsed(body))

    assert any(cpu(100_000) < 50 * max(cpu(10_000), 0.01) for _ in range(5))


@given(JSON)
def test_any_json_is_a_body(anything):
    parsed(anything)
    parsed(body(anything))
    parsed(body(value([anything], [anything], [anything], [anything])))


def places(node, path=()):
    """Every path in a JSON value."""
    yield path
    if isinstance(node, list):
        node = dict(enumerate(node))
    for key, inner in node.items() if isinstance(node, dict) else ():
        yield from places(inner, (*path, key))


PLACES = [path for path in places(everything()) if path]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_real_shapes_with_anything_anywhere(changes):
    whole = copy.deepcopy(everything())
    for path, anything in changes:
        put(whole, path, anything)
    webhook = parsed(whole)
    for found in webhook.messages:
        written = json.dumps(found.payload, ensure_ascii=False, allow_nan=False)
        assert "\\u0000" not in written.replace("\\\\", "")
        written.encode()
        f"{found.sender} {found.received.content.summary}".encode()
        assert found.sender.phone or found.sender.user_id


def put(node, path, anything):
    """Puts something else at the path, unless an earlier change took the way there."""
    for key in path[:-1]:
        try:
            node = node[key]
        except (LookupError, TypeError):
            return
    if isinstance(node, dict) or (isinstance(node, list) and path[-1] in range(len(node))):
        node[path[-1]] = anything


@given(JSON)
def test_storable_values_are_json(anything):
    json.dumps(sanitise_json(anything), ensure_ascii=False, allow_nan=False).encode()
    assert sanitise_json(sanitise_json(anything)) == sanitise_json(anything)


def test_the_only_contact_is_the_sender_of_a_message_without_one():
    bare = {key: one for key, one in message().items() if key != "from"}
    (found,) = parsed(body(value([bare], contacts=[contact()]))).messages
    assert found.sender.phone == PHONE
    nobody = parsed(body(value([bare], contacts=[contact(), contact("91")])))
    assert (nobody.messages, nobody.dropped) == ((), 1)


@given(JSON, st.booleans())
def test_a_body_is_read_as_if_every_value_were_looked_at(value, escaped):
    raw = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    assert parse_json(raw) == sanitise_json(json.loads(raw))


@pytest.mark.parametrize(
    "raw",
    [
        rb'{"a\u0000": "\ud83d\ude00 \ud83d"}',
        rb'["\\u0000", "\uD83D", "x\u0000"]',
        b"[" * 60 + b"]" * 60,
        b"[1e999, -1e999, NaN, Infinity, " + b"9" * 400 + b"]",
        '"é😀"'.encode("utf-16"),
    ],
    ids=["escaped", "escaped backslash", "deep", "numbers", "UTF-16"],
)
def test_what_postgresql_refuses_is_seen_without_looking_at_every_value(raw):
    assert parse_json(raw) == sanitise_json(json.loads(raw))
