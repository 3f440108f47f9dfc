"""A hash of our components, so that Rasa trains again when any of them changes."""

import hashlib
from pathlib import Path

from storage import seeds

_HERE = Path(__file__).parent
_PATTERNS = ("*.py", "*.yml", "*.txt")
_JUDGING = {"checks", "evaluation"}


def hash_sources() -> str:
    """A hash of the code and words of nlu that a model is made by, and of the seed catalogue."""
    found = (path for pattern in _PATTERNS for path in _HERE.rglob(pattern))
    files = sorted(path for path in found if path.relative_to(_HERE).parts[0] not in _JUDGING)
    files.append(seeds.DIRECTORY / "products.yml")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
