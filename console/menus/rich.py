"""WhatsApp's own marks in text: *bold*, _italic_, ~struck~, ```code```.

https://faq.whatsapp.com/539178204879377
"""

import re

from markupsafe import Markup, escape

_MARKS = (("```", "code"), ("*", "b"), ("_", "i"), ("~", "s"))
_LINK = re.compile(r"https?://[^\s<]+")


def rich(text: object) -> Markup:
    """The text as the phone shows it; everything that is no mark is escaped."""
    made = str(escape(str(text or "")))
    for mark, tag in _MARKS:
        sign = re.escape(mark)
        pattern = rf"(?<![\w{sign[-1]}]){sign}(?=\S)([^\n]*?\S){sign}(?![\w{sign[-1]}])"
        made = re.sub(pattern, rf"<{tag}>\1</{tag}>", made)
    made = _LINK.sub(lambda found: f"<u>{found[0]}</u>", made)
    return Markup(made.replace("\n", "<br>"))  # noqa: S704 (escaped above)
