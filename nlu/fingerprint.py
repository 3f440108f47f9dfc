"""A hash of our components, so that Rasa trains again when any of them changes."""

import hashlib
from pathlib import Path

from storage import seeds

_HERE = Path(__file__).parent
_PATTERNS = ("*.py", "*.yml", "*.txt")


def hash_sources() -> str:
    """A hash of the code and words of nlu, but for nlu/evaluation, and of the seed catalogue."""
    found = (path for pattern in _PATTERNS for path in _HERE.rglob(pattern))
    files = sorted(path for path in found if "evaluation" not in path.parts)
    files.append(seeds.DIRECTORY / "products.yml")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
