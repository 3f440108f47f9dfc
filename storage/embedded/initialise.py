"""Creates a new cluster, which gets its final name only when it is complete."""

import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.binaries import Binaries
from storage.embedded.errors import EmbeddedError

USER = "shop"
BUILTIN_LOCALES = 17  # the first version with locales of its own
DRAFT = "initialising-"


def is_complete(data: Path) -> bool:
    """Whether `initdb` once finished here; it writes the control file near its end."""
    return (data / "PG_VERSION").exists() and (data / "global" / "pg_control").exists()


def initialise_cluster(
    data: Path, password_file: Path, binaries: Binaries, account: Account
) -> None:
    """Makes a cluster in `data` and writes its superuser's password into `password_file`.

    It works in a sibling directory, which gets the final name at the end. Anything that has that
    name already is renamed, never deleted.

    Raises:
        EmbeddedError: `initdb` failed; the message has its last words.
    """
    password = secrets.token_urlsafe(24)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=data.parent))
    try:
        _initdb(draft, password, binaries, account)
        _write_secret(password_file, password)
        _set_aside(data)
        (draft / "data").rename(data)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def remove_drafts(directory: Path) -> None:
    """Removes unfinished clusters of killed processes whose `initdb` has ended."""
    for draft in directory.glob(f"{DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def _initdb(draft: Path, password: str, binaries: Binaries, account: Account) -> None:
    secret = draft / "password"
    _write_secret(secret, password)
    account.own(secret)
    account.own(draft)
    last_words = ""
    for locale in _locales(binaries.major):
        result = account.run(
            binaries.initdb, "--pgdata", draft / "data", "--username", USER,
            "--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--no-instructions", *locale,
        )  # fmt: skip
        if result.returncode == 0:
            return
        last_words = " ".join(result.stderr.split())[-400:]
    raise EmbeddedError(f"initdb could not make a cluster in {draft.parent}: {last_words}")


def _locales(major: int) -> list[list[str]]:
    """The options of `initdb` by which text sorts by code point in UTF-8, the best first."""
    if major >= BUILTIN_LOCALES:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]


def _set_aside(data: Path) -> None:
    if data.exists():
        aside = data.with_name(f"{data.name}-incomplete-{int(time.time())}")
        data.rename(aside)
        print(f"An incomplete cluster was in the way and is now {aside}", file=sys.stderr)


def _write_secret(path: Path, secret: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(secret)
