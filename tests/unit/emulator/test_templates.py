"""What a template asks of the message that uses it."""

import pytest

from emulator.errors import GraphError
from emulator.message_templates import Registry, Template


@pytest.fixture
def registry() -> Registry:
    registry = Registry()
    registry.add_template(
        Template(
            "order_ready",
            "en",
            "Hello {{1}}, order {{2}} is ready.",
            [
                {"type": "quick_reply", "text": "Thanks"},
                {"type": "url", "text": "See it", "url": "https://example.com/{{1}}"},
            ],
        )
    )
    registry.add_template(Template("named", "en", "Hello {{name}}"))
    return registry


def said(*words: str, name: str = "order_ready", code: str = "en", url: bool = True) -> dict:
    components = [{"type": "body", "parameters": [{"type": "text", "text": w} for w in words]}]
    if url:
        parameters = [{"type": "text", "text": "1"}]
        components.append(
            {"type": "button", "sub_type": "url", "index": "1", "parameters": parameters}
        )
    return {"name": name, "language": {"code": code}, "components": components}


def test_the_customer_reads_the_words_with_their_values(registry):
    content = said("Asha", "ORD-1")
    registry.check(content)
    rendered = registry.rendered(content)
    assert rendered["rendered"] == "Hello Asha, order ORD-1 is ready."
    assert rendered["options"] == [{"id": "Thanks", "title": "Thanks"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(said("Asha"), 132000, id="too few parameters"),
        pytest.param(said("a", "b", "c"), 132000, id="too many parameters"),
        pytest.param(said("a", "b", code="fr"), 132001, id="not in that language"),
        pytest.param(said("a", "b", name="other"), 132001, id="unknown"),
        pytest.param(said("a\nb", "c"), 132018, id="a new line in a parameter"),
        pytest.param(said("a     b", "c"), 132018, id="five blanks in a parameter"),
        pytest.param(said("a", "b", url=False), 131008, id="a link without its parameter"),
        pytest.param(said("Asha", name="named", url=False), 132000, id="a name that is missing"),
    ],
)
def test_refusals(registry, content, code):
    with pytest.raises(GraphError) as raised:
        registry.check(content)
    assert raised.value.code == code
