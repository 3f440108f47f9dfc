"""Fills values into the texts of responses exactly as they are written.

Rasa's own interpolation fails where a value holds `0[` ("Cola 500[ml]"): it then says the text with
its placeholders, "{lines}". So all texts are filled here (connectors/exact_responses.py).
"""

import re
from collections.abc import Mapping
from typing import Any

# `{{` and `}}` are braces as they are written, `{name}` is a placeholder.
_BRACES = re.compile(r"\{\{|\}\}|\{([^\n{}]+)\}")


def fill_text(text: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders filled in; placeholders inside values are left alone.

    Raises:
        KeyError: there is no value for a placeholder.
    """
    return _BRACES.sub(lambda found: _filled(found, values), text)


def fill_all(response: Any, values: Mapping[str, Any]) -> Any:
    """Fills in every text within a response, such as the titles of its buttons.

    Raises:
        KeyError: there is no value for a placeholder.
    """
    if isinstance(response, str):
        return fill_text(response, values)
    if isinstance(response, Mapping):
        return {name: fill_all(part, values) for name, part in response.items()}
    if isinstance(response, list):
        return [fill_all(part, values) for part in response]
    return response


def _filled(found: re.Match[str], values: Mapping[str, Any]) -> str:
    return found[0][0] if found[1] is None else str(values[found[1]])
