"""Words of courtesy around what somebody wants: `Stop, thanks` says `stop`."""

import re

_THANKS = re.compile(r"\bthanks? (?:you|u)\b")
_WORD = re.compile(r"[^\W_](?:[\w'\u0900-\u0963\u200d-]*)")
# Never what decides: neither yes nor no stands here.
_COURTESY_WORDS = """
    please pls plz plss plzz pleas kindly thanks thank thankyou thx tnx ty thanku cheers ok
    okay okk k hey hi hello oh hmm hm umm um uh ah well so and just sir sirji madam maam
    mam ma'am bro bhai bhaiya bhaiyya boss dear friend yaar ji na sorry kripya dhanyavad
    dhanyawad shukriya प्लीज प्लीज़ कृपया धन्यवाद शुक्रिया भाई भैया जी थैंक्स ओके सर अच्छा
    acha accha
"""
_COURTESIES = frozenset(_COURTESY_WORDS.split())


def without_courtesies(text: str) -> str:
    """The words without signs, and without those of courtesy at both ends and between."""
    return " ".join(
        word for word in _WORD.findall(_THANKS.sub(" ", text)) if word not in _COURTESIES
    )
