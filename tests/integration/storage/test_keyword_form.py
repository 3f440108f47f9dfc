"""The database compares keywords as the readers of messages do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from shop.language.keyword_forms import normalise_keyword

ODD = (
    "\u200b\u200d\u200f\u00ad\u2060\ufeff\ufe0f\ufe0e\u20e3\u034f\u0301\u0308\u093c\u094d\u00e9\u00fa"
    "\u00df\u0130\u2019\u2014\u2026\u00a0\u3000\u2028\u0085\u2460\uff12\uff43\U0001d7d0\u0967\u0664"
    "\u2615\U0001f469\U0001f373\u00a8\u00b4`?!.\u0964 \n\t2mM\u0928\u093f\u1100\u1161"
)
TEXTS = st.one_of(
    st.text(st.sampled_from(ODD), max_size=12),
    st.text(
        st.characters(
            codec="utf-8",
            exclude_characters="\x00",
            categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf"),
        )
    ),
)


def database_form(engine: Engine, keyword: str) -> str:
    with engine.connect() as connection:
        form = connection.scalar(text("SELECT keyword_form(:keyword)"), {"keyword": keyword})
    return str(form)


@pytest.mark.parametrize(
    "keyword",
    [
        " Hí!! ",
        "me\u200bnu",
        "MENÚ",
        "\uff4d\uff45nu",
        "don\u2019t",
        "2\ufe0f\u20e3",
        "Straße?",
        "?",
        "",
    ],
)
def test_the_same_form(engine: Engine, keyword: str) -> None:
    assert database_form(engine, keyword) == normalise_keyword(keyword)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(keyword=TEXTS)
def test_the_database_agrees_with_the_readers(engine: Engine, keyword: str) -> None:
    assert database_form(engine, keyword) == normalise_keyword(keyword)
