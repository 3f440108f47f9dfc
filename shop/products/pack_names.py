"""Names of products that come in several packs."""

import re

# "5 kg", "500g", "1.5 L"
_SIZE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:[^\W\d_]|[\u0900-\u0963])*")


def name_without_size(name: str) -> str:
    """`Aashirvaad Atta 5 kg` and `Aashirvaad Atta 10 kg` are both `aashirvaad atta`."""
    return " ".join(_SIZE.sub(" ", name).casefold().split())
