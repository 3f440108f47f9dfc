"""What our components are made of, so that Rasa trains anew when any of it changes."""

import hashlib
from pathlib import Path

from storage import seeds

_HERE = Path(__file__).parent
_PATTERNS = ("*.py", "*.yml", "*.txt")


def sources() -> str:
    """A hash of this package's code and words, and of the seed catalogue."""
    files = sorted(path for pattern in _PATTERNS for path in _HERE.glob(pattern))
    files.append(seeds.DIRECTORY / "products.yml")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
