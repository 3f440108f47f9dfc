"""Encrypts and decrypts with GnuPG and a passphrase, so that gpg alone can read a backup.

By hand: gpg --decrypt FILE > FILE.dump
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.backup.errors import BackupFailed

SUFFIX = ".gpg"


@contextmanager
def start_encryption(
    key: str, source: IO[bytes], target: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs gpg, which reads `source` and writes it encrypted to `target`."""
    options = ("--symmetric", "--cipher-algo", "AES256", "--compress-algo", "none")
    with _gpg(key, options, source, target) as running:
        yield running


@contextmanager
def start_decryption(
    key: str, file: Path, target: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs gpg, which writes the decrypted file to `target`."""
    with file.open("rb") as source, _gpg(key, ("--decrypt",), source, target) as running:
        yield running


def check_key(key: str, file: Path) -> None:
    """Decrypts the whole file once and drops the result: gpg detects damage only at the very end.

    Raises:
        BackupFailed: the key is wrong, or the file is damaged.
    """
    with start_decryption(key, file, subprocess.DEVNULL) as running:
        running.wait()
    if running.returncode:
        raise BackupFailed(f"{file} cannot be decrypted: BACKUP_KEY is another, or it is damaged")


@contextmanager
def _gpg(
    key: str, options: tuple[str, ...], source: IO[bytes], target: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    program = shutil.which("gpg")
    if program is None:
        raise BackupFailed("BACKUP_KEY is set, and gpg is not here: apt-get install gnupg")
    # A home of its own: no keys or settings of this user are read, and its agent ends with it.
    with tempfile.TemporaryDirectory(prefix="oa-gpg-", ignore_cleanup_errors=True) as home:
        reading, writing = os.pipe()
        with open(writing, "wb") as passphrase:
            passphrase.write(key.encode())
        command = (
            *(program, "--homedir", home, "--batch", "--quiet", "--no-options"),
            *("--pinentry-mode", "loopback", "--passphrase-fd", str(reading), *options),
        )
        try:
            with subprocess.Popen(
                command,
                stdin=source,
                stdout=target,
                stderr=subprocess.DEVNULL,
                pass_fds=(reading,),
            ) as running:
                yield running
        finally:
            os.close(reading)
            _end_agent(home)


def _end_agent(home: str) -> None:
    """Ends the agent that gpg has started in its home, which would keep running."""
    if program := shutil.which("gpgconf"):
        subprocess.run(
            (program, "--homedir", home, "--kill", "all"), check=False, capture_output=True
        )
