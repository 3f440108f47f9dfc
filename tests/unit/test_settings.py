"""What is true when nothing is set, and what real customers must be asked about first."""

import pytest

from settings import EMULATOR_DEFAULTS, Settings

REAL = {"whatsapp_api_url": "https://graph.example"} | dict.fromkeys(EMULATOR_DEFAULTS, "given")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, True),
        ({"keep_unclear_messages": "no"}, False),
        (REAL, False),
        (REAL | {"keep_unclear_messages": "yes"}, True),
    ],
)
def test_real_customers_are_learned_from_only_where_the_shop_says_so(
    given: dict[str, str], kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WHATSAPP_API_URL", "KEEP_UNCLEAR_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    assert Settings(_env_file=None, **given).keep_unclear_messages is kept
