"""SQLAlchemy's URL means what libpq's URL meant."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine, make_url

from storage.engine import MalformedUrl, sqlalchemy_url

URLS = {
    "plain": "postgresql://shop:secret@db.example:5433/orders",
    "old scheme": "postgres://shop@db/orders",
    "escaped password": "postgresql://shop:p%40s%2Fs%3A%25%20%2B@db/orders",
    "options": "postgresql://db/orders?sslmode=require&application_name=a%20b&connect_timeout=3",
    "search path": "postgresql://db/orders?options=-c%20search_path%3Dshop",
    "socket as host": "postgresql://shop:secret@%2Fvar%2Frun%2Fpostgresql/orders",
    "socket with port": "postgresql://shop@%2Fvar%2Frun%2Fpostgresql:5433/orders",
    "socket as option": "postgresql:///orders?host=/var/run/postgresql",
    "everything as options": "postgresql:///?host=db&port=6&user=x&password=%26&dbname=orders",
    "two hosts": "postgresql://a:1,b:2/orders?target_session_attrs=read-write",
    "two hosts, one port": "postgresql://a,b:2/orders",
    "IPv6": "postgresql://shop@[::1]:5432/orders",
    "two IPv6": "postgresql://[::1],[fe80::2]:5/orders",
    "port alone": "postgresql:///orders?port=5433",
    "password without user": "postgresql://:secret@db/orders",
    "odd name": "postgresql://db/a%3Fb%25%23%2F",
    "nothing": "postgresql://",
    "keywords": "host=db dbname=orders password='a b'",
}


def libpq_takes(url: str) -> dict[str, str]:
    """What SQLAlchemy's engine for `url` would hand to libpq."""
    converted = make_url(sqlalchemy_url(url))
    _, arguments = create_engine(converted).dialect.create_connect_args(converted)
    arguments.pop("context")  # psycopg's type adapters
    return {key: str(value) for key, value in arguments.items()}


def libpq_means(url: str) -> dict[str, Any]:
    return {key: str(value) for key, value in conninfo_to_dict(url).items()}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_libpq_is_handed_what_the_url_says(url):
    assert sqlalchemy_url(url).startswith("postgresql+psycopg://")
    assert libpq_takes(url) == libpq_means(url)


@given(
    user=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
    password=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
    name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
)
def test_any_name_and_password_survive(user, password, name):
    escaped = [quote(word, safe="") for word in (user, password, name)]
    url = "postgresql://{}:{}@db:5433/{}".format(*escaped)
    assert libpq_takes(url) == {
        "user": user, "password": password, "host": "db", "port": "5433", "dbname": name
    }  # fmt: skip


MALFORMED = [
    "postgresql://u:hun%zzter@db/orders",
    "postgresql://u:hunter@db:five/orders",
    "hunter",
    "mysql://hunter",
]


@pytest.mark.parametrize("url", MALFORMED)
def test_a_malformed_url_is_refused_without_being_quoted(url):
    with pytest.raises(MalformedUrl, match=r"postgresql://user:password@host:port/name") as refusal:
        sqlalchemy_url(url)
    assert "hun" not in str(refusal.value)
