"""Files of tickets: fetched once, never without end, and only so many of one customer in a day."""

from sqlalchemy import select

from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send import media
from shop.support import tickets
from storage.models import MediaFile, UserProfile, WhatsappMessage
from tests.integration.customers import add_customer
from tests.unit.connectors.whatsapp.graph_server import Answer, graph


def sends_picture(session, customer, name) -> None:
    """A picture that opens a ticket, and so waits to be fetched."""
    session.add(
        WhatsappMessage(
            message_id=name,
            customer_id=customer.id,
            message_type="image",
            payload={"type": "image", "image": {"id": "77", "mime_type": "image/png"}},
        )
    )
    session.flush()
    tickets.open_ticket(session, customer, "other", "(image)", cause=name)
    session.commit()


def fetched(session, *answers) -> int:
    """How many were wanted, with the answers of the Graph and of the file's place."""
    with graph() as (state, address):
        described, file = answers
        state.at["/v23.0/77"] = described(address)
        state.at["/file"] = file
        client = GraphClient(address, "v23.0", "100", "secret-token", timeouts=(2, 2))
        wanted = media.fetch_media(client)
        client.close()
    session.expire_all()
    return wanted


def described(address) -> Answer:
    return Answer(body={"url": f"{address}/file"})


def asha(session) -> UserProfile:
    return add_customer(session, "919000000001")


def test_a_file_is_kept_once(session) -> None:
    sends_picture(session, asha(session), "wamid.1")
    assert fetched(session, described, Answer(body=b"\x89PNG")) == 1
    assert session.scalars(select(MediaFile)).one().content == b"\x89PNG"
    assert fetched(session, described, Answer(body=b"\x89PNG")) == 0


def test_what_is_never_to_be_had_is_tried_once(session) -> None:
    sends_picture(session, asha(session), "wamid.1")
    foreign = Answer(body={"url": "https://evil.example/file"})
    assert fetched(session, lambda _: foreign, Answer()) == 1
    assert "no file of WhatsApp's" in session.scalars(select(MediaFile)).one().problem
    assert fetched(session, described, Answer(body=b"x")) == 0


def test_a_passing_trouble_is_tried_again(session) -> None:
    sends_picture(session, asha(session), "wamid.1")
    assert fetched(session, described, Answer(503, b"")) == 1
    assert fetched(session, described, Answer(body=b"\x89PNG")) == 1
    assert session.scalars(select(MediaFile)).one().content == b"\x89PNG"


def test_one_customers_quota_is_nobody_elses(session, monkeypatch) -> None:
    monkeypatch.setattr(media, "MOST_FILES_A_DAY", 2)
    customer, other = asha(session), UserProfile(whatsapp_phone="919000000002")
    session.add(other)
    session.flush()
    for name in ("wamid.1", "wamid.2", "wamid.3"):
        sends_picture(session, customer, name)
    sends_picture(session, other, "wamid.4")
    assert fetched(session, described, Answer(body=b"\x89PNG")) == 4
    kept = session.scalars(select(MediaFile).order_by(MediaFile.message_id)).all()
    assert sum(file.content is not None for file in kept[:3]) == 2
    assert kept[3].content == b"\x89PNG"
    assert [file.problem for file in kept if file.content is None] == [
        "The customer has sent more files today than are kept of anybody."
    ]


def test_the_quota_counts_bytes_too(session, monkeypatch) -> None:
    monkeypatch.setattr(media, "MOST_BYTES_A_DAY", 4)
    customer = asha(session)
    for name in ("wamid.1", "wamid.2"):
        sends_picture(session, customer, name)
    fetched(session, described, Answer(body=b"\x89PNG"))
    assert sum(file.content is not None for file in session.scalars(select(MediaFile))) == 1
