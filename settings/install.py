"""Installs an environment and prints its bin directory: what `make env` calls.

    python settings/install.py [production | development | audit | uv]

Production has what `make run` needs; development, the default, also has the tools for `make test`.
The script runs on a bare Python 3.11 with only the standard library. The environments are outside
the project, one per lock file, so that a bare `rasa test` does not read libraries as data, and two
clones with the same locks share one. Progress goes to stderr; stdout has only the bin directory.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = "requirements.lock"
UV = "requirements-uv.lock"
# Each lock has hashes for all its packages; `make lock` writes them.
LOCKS = {
    "production": (PRODUCTION,),
    "development": (PRODUCTION, "requirements-dev.lock"),
    "audit": ("requirements-audit.lock",),
    "uv": (UV,),
}
PACKAGES = Path("lib", "python3.11", "site-packages")

# Every Python of the environment loads this module, so that a bare `rasa ...` has these defaults.
DEFAULTS = '''"""Defaults of the ordering assistant's environment, by settings/install.py."""
import hashlib
import os
import sys
import warnings

_project = hashlib.sha256(os.getcwd().encode()).hexdigest()[:12]
# Inside the project, `rasa test` would walk Rasa's cache and take it for stories.
os.environ.setdefault("RASA_CACHE_DIRECTORY", os.path.join({cache!r}, "rasa", _project))
# No call home; also keeps Sentry from trying the network at every error.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# Rasa's progress bars, drawn again and again where nothing can be overwritten, such as a file. Rasa
# passes `disable` itself, which outdoes TQDM_DISABLE; so a bar is never due, and in no shown row.
if not (sys.stderr and sys.stderr.isatty()):
    for _option, _value in (("DELAY", "1e9"), ("NROWS", "1"), ("POSITION", "1")):
        os.environ.setdefault("TQDM_" + _option, _value)
# Rasa's action server would listen on every interface.
os.environ.setdefault("SANIC_HOST", "127.0.0.1")

# Importing sanic makes every deprecation shown, and no filter that is set before outlives that.
_show = warnings.showwarning


def _show_what_concerns_us(message, category, filename, *more):
    """Leaves out what packages say to packages; what Rasa says of our data is a UserWarning."""
    outdated = issubclass(category, DeprecationWarning) and filename.startswith(sys.prefix)
    if not outdated and "pkg_resources is deprecated" not in str(message):
        _show(message, category, filename, *more)


warnings.showwarning = _show_what_concerns_us
'''

# Rasa names models with a package that is published only as source, and we build nothing.
RANDOM_NAMES = '''"""In place of the package randomname, by settings/install.py."""
import secrets


def get_name() -> str:
    """The end of a model's name: eight characters that no other has."""
    return secrets.token_hex(4)
'''


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] != (3, 11):
        return print_problem(
            f"Python 3.11 is needed and this is {sys.version.split()[0]}: install python3.11 "
            "(Debian: apt-get install python3.11 python3.11-venv; or pyenv install 3.11)"
        )
    kind = arguments[0] if arguments else "development"
    if kind not in LOCKS:
        return print_problem(f"there is no environment {kind!r}; there are {', '.join(LOCKS)}")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ordering-assistant"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            environment = install_uv(cache) if kind == "uv" else provide_environment(kind, cache)
        except subprocess.CalledProcessError as error:
            return print_problem(
                f"could not install the environment: {error}; is the package index reachable?"
            )
    print(environment / "bin")
    return 0


def provide_environment(kind: str, cache: Path) -> Path:
    """The directory of the environment of this kind, which is installed if it is missing."""
    environment = cache / f"env-{hash_locks(LOCKS[kind])}"
    if not (environment / "complete").exists():
        install_environment(environment, [ROOT / lock for lock in LOCKS[kind]], cache)
    if kind != "audit":
        if not (environment / "compiled").exists():
            compile_all(environment)
        add_modules(environment, cache)
    return environment


def hash_locks(locks: tuple[str, ...]) -> str:
    """A hash of the locks' contents, twelve characters long."""
    return hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in locks)).hexdigest()[:12]


def install_environment(environment: Path, locks: list[Path], cache: Path) -> None:
    """Installs the environment from the locks, without building anything.

    An unfinished environment is deleted first."""
    print(f"Installing the environment into {environment} ...", file=sys.stderr, flush=True)
    shutil.rmtree(environment, ignore_errors=True)
    run_command(sys.executable, "-m", "venv", "--without-pip", str(environment))
    # Progress only on a terminal: a log need not have two hundred names.
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    tool = install_uv(cache)
    sync = [str(tool / "bin" / "uv"), "pip", "sync", *quiet, "--require-hashes", "--no-build"]
    # pip trusts the machine's certificates, such as those of a company's proxy; uv must be told to.
    known = {"VIRTUAL_ENV": str(environment), "UV_SYSTEM_CERTS": "1", **index_of_pip(tool)}
    run_command(*sync, *map(str, locks), **known)
    (environment / "complete").touch()


def install_uv(cache: Path) -> Path:
    """The environment with uv and pip; uv is installed by the hash in its lock."""
    tool = cache / f"uv-{hash_locks(LOCKS['uv'])}"
    if not (tool / "complete").exists():
        run_command(sys.executable, "-m", "venv", "--clear", str(tool))
        pip = (str(tool / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check")
        hashed = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
        run_command(*pip, *hashed, "--requirement", str(ROOT / UV))
        (tool / "complete").touch()
    return tool


def index_of_pip(tool: Path) -> dict[str, str]:
    """The package index that pip is configured for, as uv's variable, unless uv has its own."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    index = os.environ.get("PIP_INDEX_URL", "")
    if not index:
        asked = (str(tool / "bin" / "pip"), "config", "get", "global.index-url")
        answer = subprocess.run(asked, check=False, capture_output=True, text=True)
        index = answer.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def compile_all(environment: Path) -> None:
    """Compiles every package to bytecode; this takes one core half a minute, once.

    If PYTHONDONTWRITEBYTECODE is set, as in many containers, each process would otherwise compile
    its imports again: 3 s of CPU for Rasa, 15 s for all processes of `make run`.
    """
    compiler = (str(environment / "bin" / "python"), "-m", "compileall", "-qq", "-j", "0")
    # The exit status is ignored: some packages hold templates and tests that are not valid Python.
    subprocess.run([*compiler, str(environment / PACKAGES)], check=False, stdout=sys.stderr)
    (environment / "compiled").touch()


def add_modules(environment: Path, cache: Path) -> None:
    """Writes the .pth file by which every Python of the environment loads our defaults."""
    for name, text in (
        ("ordering_assistant_defaults.py", DEFAULTS.format(cache=str(cache))),
        ("ordering_assistant_defaults.pth", "import ordering_assistant_defaults\n"),
        ("randomname.py", RANDOM_NAMES),
    ):
        file = environment / PACKAGES / name
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


def run_command(*command: str, **environment: str) -> None:
    subprocess.run(
        command, check=True, stdout=sys.stderr, env={**os.environ, **environment}, cwd=ROOT
    )


def print_problem(message: str) -> int:
    print(f"make env: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
