"""Database access: one engine per process, one transaction per session."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, func, select
from sqlalchemy.orm import Session

import settings
from storage import embedded, unit_of_work
from storage.keepalive import CLIENT_SIDE, SERVER_SIDE


class MalformedUrl(ValueError):
    """DATABASE_URL is not a PostgreSQL URL: postgresql://user:password@host:port/name.

    Special characters in it are %-escaped. libpq's own words are kept back: they quote passwords.
    """

    def __init__(self) -> None:
        super().__init__(f"{self.__doc__}".partition("\n")[0])


@cache
def database_url() -> str:
    """The database's URL as libpq writes it: DATABASE_URL, else the embedded PostgreSQL's.

    The first call starts the embedded server if it does not run; it stops when the last process
    that called this ends.
    """
    configured = settings.load_settings()
    return configured.database_url or embedded.attach_cluster(configured.data_directory)


def sqlalchemy_url(plain: str) -> str:
    """A libpq URL (or `host=... dbname=...`) as SQLAlchemy and Rasa's tracker store take it.

    libpq itself parses it, so escaped passwords, options, unix sockets and several hosts mean
    what they mean to psql: https://www.postgresql.org/docs/current/libpq-connect.html

    Raises:
        MalformedUrl: libpq cannot read it.
    """
    try:
        rest = {key: str(value) for key, value in conninfo_to_dict(plain).items()}
    except ProgrammingError:
        raise MalformedUrl from None
    user = rest.pop("user", None)
    # SQLAlchemy does not escape the name that it writes into the path.
    name = rest.pop("dbname", None) if "?" not in rest.get("dbname", "") else None
    # SQLAlchemy drops a password without a user, who may stand in PGUSER.
    password = rest.pop("password", None) if user else None
    host = port = None
    if _is_plain_host(rest.get("host", ""), rest.get("port", "")):
        host, port = rest.pop("host"), rest.pop("port", None)
        if port and not port.isdecimal():
            raise MalformedUrl
    return URL.create(
        "postgresql+psycopg",
        username=user,
        password=password,
        host=host,
        port=int(port) if port else None,
        database=name,
        query=rest,
    ).render_as_string(hide_password=False)


def _is_plain_host(host: str, port: str) -> bool:
    """Whether host and port can stand before the path; sockets and lists of hosts go into the
    query."""
    return bool(host) and host[0] not in "/@" and "," not in host + port


@cache
def engine() -> Engine:
    """This process's engine; it replaces connections that died in the pool."""
    plain = database_url()
    # What the URL says itself counts.
    arguments = {key: value for key, value in CLIENT_SIDE.items() if key not in plain}
    made = create_engine(
        sqlalchemy_url(plain), pool_pre_ping=True, connect_args=arguments, hide_parameters=True
    )
    event.listen(made, "connect", _set_up)
    event.listen(made, "handle_error", hide_values)
    return made


def hide_values(context: ExceptionContext) -> None:
    """Removes values from a database error before it can be logged.

    PostgreSQL quotes a refused row under DETAIL, parts of statements under CONTEXT, and an
    unreadable value in the first line. The driver's `diag` still has all of it.
    """
    refused = context.original_exception
    if not isinstance(refused, psycopg.Error):
        return
    whole = str(refused)
    said = whole.partition("\n")[0]
    if isinstance(refused, psycopg.DataError):
        said = said.partition('"')[0]
    for error in (refused, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).replace(whole, said), *error.args[1:])


def _set_up(connection: psycopg.Connection[Any], _record: object) -> None:
    """Sets the server's keepalive, and switches JIT off.

    JIT takes a third of a second for a query that PostgreSQL expects to be slow; without it our
    slowest query takes 20 ms with 10,000 customers. These are statements, since poolers refuse
    options in the connection.
    """
    connection.autocommit = True
    connection.execute(b"SET jit = off;" + SERVER_SIDE)
    connection.autocommit = False


@contextmanager
def session() -> Iterator[Session]:
    """Opens one transaction: commits at the end of the block, rolls back if it raises.

    Within a unit of work it returns the unit's Session, which the unit's owner commits.
    """
    if unit := unit_of_work.current.get():
        yield unit.session
        return
    with Session(engine()) as opened, opened.begin():
        yield opened


def driver(session: Session) -> psycopg.Connection[Any]:
    """The psycopg connection of a session's transaction, for SQL that SQLAlchemy need not see."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 (for the type alone)
    return connection


def now(session: Session) -> datetime:
    """The database's time, so that all machines agree on time limits.

    It is the clock's time; SQL's `now()` is the start of the transaction.
    """
    return session.execute(select(func.clock_timestamp())).scalar_one()
