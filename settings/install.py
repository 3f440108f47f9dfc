"""Installs the environment and prints its bin directory: what `make env` calls.

Runs on a bare Python 3.11 with nothing but the standard library. The environment lies outside the
project, one per lock file, so that bare `rasa test` never reads a library as data and two clones
with the same lock share one. Progress goes to stderr, the bin directory is the only line on stdout.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
UV_VERSION = "0.13.9"

# Loaded by every Python of the environment, so that bare `rasa ...` finds these set too.
DEFAULTS = '''"""Defaults of the ordering assistant's environment, by settings/install.py."""
import hashlib
import os

_project = hashlib.sha256(os.getcwd().encode()).hexdigest()[:12]
# Inside the project, `rasa test` would walk Rasa's cache and take it for stories.
os.environ.setdefault("RASA_CACHE_DIRECTORY", os.path.join({cache!r}, "rasa", _project))
# No call home; also keeps Sentry from trying the network at every error.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TQDM_DISABLE", "1")
# Rasa's action server would listen on every interface.
os.environ.setdefault("SANIC_HOST", "127.0.0.1")
'''


def main() -> int:
    if sys.version_info[:2] != (3, 11):
        return complain(
            f"Python 3.11 is needed and this is {sys.version.split()[0]}: install python3.11 "
            "(Debian: apt-get install python3.11 python3.11-venv; or pyenv install 3.11)"
        )
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ordering-assistant"
    cache.mkdir(parents=True, exist_ok=True)
    environment = cache / f"env-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    with (cache / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if not (environment / "complete").exists():
                install_environment(environment, cache)
            if not (environment / "compiled").exists():
                compile_all(environment)
            set_defaults(environment, cache)
        except subprocess.CalledProcessError as error:
            return complain(f"could not install the environment: {error}; is PyPI reachable?")
    print(environment / "bin")
    return 0


def install_environment(environment: Path, cache: Path) -> None:
    """Makes the environment from the lock; a half-made one is begun anew."""
    print(f"Installing the environment into {environment} ...", file=sys.stderr, flush=True)
    shutil.rmtree(environment, ignore_errors=True)
    run_command(sys.executable, "-m", "venv", "--without-pip", str(environment))
    # Progress for a person; nobody reads two hundred names in a log.
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    sync = [*uv(cache), "pip", "sync", *quiet, "--require-hashes", str(LOCK)]
    # pip trusts what the machine trusts (a company's proxy, say); uv only when asked.
    run_command(*sync, VIRTUAL_ENV=str(environment), UV_SYSTEM_CERTS="1")
    (environment / "complete").touch()


def compile_all(environment: Path) -> None:
    """Bytecode for every package: half a minute of one core, once.

    Where PYTHONDONTWRITEBYTECODE is set, as in many containers, each process would else compile
    anew what it imports: 3 s of its CPU for Rasa, 15 s for all that `make run` starts.
    """
    packages = environment / "lib" / "python3.11" / "site-packages"
    compiler = (str(environment / "bin" / "python"), "-m", "compileall", "-qq", "-j", "0")
    # Its status tells of templates and tests in packages that are no Python.
    subprocess.run([*compiler, str(packages)], check=False, stdout=sys.stderr)
    (environment / "compiled").touch()


def set_defaults(environment: Path, cache: Path) -> None:
    """Every Python of the environment loads its .pth files, and with them our defaults."""
    packages = environment / "lib" / "python3.11" / "site-packages"
    for name, text in (
        ("ordering_assistant_defaults.py", DEFAULTS.format(cache=str(cache))),
        ("ordering_assistant_defaults.pth", "import ordering_assistant_defaults\n"),
    ):
        if not (packages / name).exists() or (packages / name).read_text() != text:
            (packages / name).write_text(text)


def uv(cache: Path) -> list[str]:
    """The uv of the machine, or one that is installed beside the environments."""
    if found := shutil.which("uv"):
        return [found]
    bootstrap = cache / "bootstrap"
    if not (bootstrap / "bin" / "uv").exists():
        run_command(sys.executable, "-m", "venv", "--clear", str(bootstrap))
        run_command(str(bootstrap / "bin" / "pip"), "install", "--quiet", f"uv=={UV_VERSION}")
    return [str(bootstrap / "bin" / "uv")]


def run_command(*command: str, **environment: str) -> None:
    subprocess.run(
        command, check=True, stdout=sys.stderr, env={**os.environ, **environment}, cwd=ROOT
    )


def complain(message: str) -> int:
    print(f"make env: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
