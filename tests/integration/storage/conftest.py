"""Embedded clusters in directories of their own, processes that attach to them, and plain SQL."""

import os
import pwd

import pytest
from sqlalchemy import text

from tests.integration.storage.attaching import Attacher, new_place


@pytest.fixture
def own_place():
    """A place for a cluster of this very process and user."""
    with new_place().existing() as place:
        yield place


@pytest.fixture(params=["this user", "another user"])
def place(request):
    """A place for this user's processes and, when root can start those, for nobody's."""
    uid = ""
    if request.param == "another user":
        if os.geteuid() != 0:
            pytest.skip("only root can start a process as another user")
        uid = str(pwd.getpwnam("nobody").pw_uid)
    with new_place(uid).existing() as place:
        yield place


@pytest.fixture
def attach(place):
    """Starts attachers: `attach()` attaches a process to the place."""
    started = []

    def start(task="attach"):
        started.append(Attacher(place, task))
        return started[-1]

    yield start
    for attacher in started:
        attacher.dies()


@pytest.fixture
def plain_sql(session):
    """Runs SQL as an outside tool would; each statement commits."""

    def run(statement, **values):
        result = session.execute(text(statement), values)
        rows = result.mappings().all() if result.returns_rows else []
        session.commit()
        return rows

    return run
