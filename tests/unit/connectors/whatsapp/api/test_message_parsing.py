import pytest

from connectors.whatsapp.api import contents, message_parsing
from tests.unit.connectors.whatsapp.shapes import MEDIA, MESSAGES, message


@pytest.mark.parametrize("case", MESSAGES)
def test_every_type_has_a_summary(case):
    shape, summary = MESSAGES[case]
    assert message_parsing.parse_content(shape).summary == summary


def test_choices_carry_their_id():
    assert message_parsing.parse_content(MESSAGES["button reply"][0]) == contents.Choice(
        "new_order", "Place Order"
    )
    assert message_parsing.parse_content(MESSAGES["list reply"][0]) == contents.Choice(
        "coffee", "Coffee", "₹120"
    )


def test_template_button_is_no_choice():
    found = message_parsing.parse_content(MESSAGES["template button"][0])
    assert found == contents.TemplateButton("STOP", "Stop promotions")


@pytest.mark.parametrize(
    ("written", "answer"),
    [('{"a": 1}', {"a": 1}), ("[1]", {}), ("{", {}), ("", {}), ("[" * 100_000, {}), (None, {})],
)
def test_form_answers_survive_broken_json(written, answer):
    node = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "response_json": written}}
    assert message_parsing.parse_content(message("interactive", node)).answer == answer


def test_media_facts():
    node = {**MEDIA, "url": "https://media.example/1", "file_size": 2048, "voice": True}
    found = message_parsing.parse_content(message("audio", node))
    assert (found.id, found.mime_type, found.url) == (
        "1234",
        "image/jpeg",
        "https://media.example/1",
    )
    assert (found.size, found.is_voice) == (2048, True)


def test_reaction_without_emoji_is_a_removal():
    assert message_parsing.parse_content(MESSAGES["reaction removed"][0]) == contents.Reaction(
        "wamid.OUT==", None
    )
    assert message_parsing.parse_content(MESSAGES["old reaction removed"][0]).emoji is None


@pytest.mark.parametrize("node", [None, {}, "👍", [], {"message_id": None, "emoji": 1.5}], ids=str)
def test_a_broken_reaction_is_a_reaction(node):
    message = {"type": "reaction", "reaction": node}
    assert message_parsing.parse_content(message) == contents.Reaction(None, None)


def test_catalogue_orders_list_their_items():
    found = message_parsing.parse_content(MESSAGES["catalogue order"][0])
    assert found.items == (contents.OrderedItem("coffee", 2, 120.0, "INR"),)


def test_a_changed_number_tells_the_new_one():
    assert message_parsing.parse_content(MESSAGES["changed number"][0]).phone == "919000000000"
    older = message("system", {"type": "user_changed_number", "new_wa_id": "919000000001"})
    assert message_parsing.parse_content(older).phone == "919000000001"


def test_unsupported_keeps_its_codes():
    found = message_parsing.parse_content(MESSAGES["unsupported"][0])
    assert found == contents.Unsupported("poll_creation", (131051,))


def test_an_edit_of_an_edit_is_not_followed():
    inner = message("edit", {"original_message_id": "a", "message": message()})
    nested = message("edit", {"original_message_id": "b", "message": inner})
    assert isinstance(message_parsing.parse_content(nested), contents.Unsupported)
