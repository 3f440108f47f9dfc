"""A hash of our components, so that Rasa trains again when any of them changes."""

import hashlib
from pathlib import Path

from settings.models import list_sources
from storage import seeds

_HERE = Path(__file__).parent


def hash_reading() -> str:
    """A hash of what a model depends on: the code and words of nlu, and the seed catalogue."""
    files = sorted(path for path in list_sources() if path.is_relative_to(_HERE))
    files.append(seeds.DIRECTORY / "products.yml")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
