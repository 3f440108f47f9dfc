"""STOP and START: recognises them, and "delete my data", and unsubscribes and subscribes customers.

The words are in shop/language/words/*/consent.yml. They are read before Rasa, so that STOP works
with any model (connectors/whatsapp/turn/rasa_input.py asks `consent_intent`). Rasa reads longer
sentences that contain them. The actions for both are
actions/subscription.py (`Stop`) and actions/main_menu.py (`Start`): they call `set_subscription`.
"""

from functools import cache

from sqlalchemy.orm import Session

from shop.customers import unclear
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_ways, read_words
from shop.whatsapp import consents
from storage.models import UserProfile
from storage.models.customers import Subscription

_AT_ONCE = read_words("courtesies")["at_once"]


def consent_intent(text: str) -> str | None:
    """The intent `stop`, `start` or `delete_data`, if the whole message is one of its words.

    Courtesies are ignored: `Stop, thanks` is STOP, `don't stop` is not.
    """
    words = normalise_keyword(text)
    bare = " ".join(word for word in without_courtesies(words).split() if word not in _AT_ONCE)
    return _intents().get(words) or _intents().get(bare)


def set_subscription(
    session: Session,
    customer: UserProfile | None,
    subscription: Subscription,
    cause: str,
    words: str | None = None,
) -> bool:
    """Subscribes or unsubscribes; True if the message `cause` changed it, now or in an earlier try.

    The decision is stored with its `words`. A second STOP is stored too, since it also ends the
    news of orders placed after the first.

    Deletes the training messages of a customer who unsubscribes.
    """
    if customer is None:
        return False
    stops = subscription == "unsubscribed"
    if stops or customer.subscription != subscription:
        consents.record_consent(
            session,
            customer.id,
            consents.BOTH,
            wants=not stops,
            way=consents.BY_MESSAGE,
            cause=cause,
            words=words,
        )
    if customer.subscription != subscription:
        customer.subscription, customer.subscription_cause = subscription, cause
        if stops:
            unclear.forget_unclear(session, customer)
    return customer.subscription_cause == cause


@cache
def _intents() -> dict[str, str]:
    listed = read_ways("consent").items()
    return {normalise_keyword(word): intent for intent, words in listed for word in words}
