"""A Rasa importer: adds the keywords of menus to the training data, leaves responses out."""

import copy
import logging
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import settings
from nlu.checks.validation import install_validator
from nlu.database import url_at_hand
from nlu.model_names import name_by_sources
from shop.language import keyword_forms
from shop.menus import keywords
from shop.taps.meanings import opening_meaning
from storage import seeds
from storage.engine import MalformedUrl, sqlalchemy_url

_TIMEOUT = {"connect_timeout": 3}

logger = logging.getLogger(__name__)

# `rasa data validate` loads nothing else of ours, so the checks are installed here.
install_validator()


class MenuKeywords(RasaFileImporter):
    """Reads the project's files and the keywords of the current menus.

    The menus come from the database, or from the seeds if no database runs. A keyword that is
    already an example of any intent is skipped.

    Rasa counts the responses of data/ as training data, so that a changed word would train the
    intents again. Here they belong only to the domain.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        name_by_sources(config_file, domain_path, training_data_paths)

    @cached_method  # type: ignore[untyped-decorator, unused-ignore]
    def get_domain(self) -> Domain:
        """The domain of the files, with the responses of data/."""
        words = _domain_words(self._written().responses)
        domain: Domain = super().get_domain()
        return domain.merge(Domain.from_dict({"responses": words})) if words else domain

    # Training calls this twice, and reading the YAML is a tenth of its time.
    @cached_method  # type: ignore[untyped-decorator, unused-ignore]
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of the files and the keywords of menus, without responses."""
        written = copy.copy(self._written())
        of_domain = _domain_words(written.responses)
        written.responses = {k: v for k, v in written.responses.items() if k not in of_domain}
        known = {str(each.get("text")).casefold() for each in written.training_examples}
        messages = [
            Message.build(text=keyword, intent=intent)
            for keyword, intent in sorted(_keywords().items())
            if keyword.casefold() not in known
        ]
        return written.merge(TrainingData(messages)) if known and messages else written

    @cached_method  # type: ignore[untyped-decorator, unused-ignore]
    def _written(self) -> TrainingData:
        # None of the formats that Rasa still reads depends on the language.
        return super().get_nlu_data()


def _domain_words(responses: dict[str, Any]) -> dict[str, Any]:
    """The responses without those of response selectors, which Rasa trains on their texts."""
    return {name: said for name, said in responses.items() if "/" not in name}


def _keywords() -> dict[str, str]:
    """The intent that each keyword opens."""
    try:
        if url := url_at_hand():
            return _of_database(url)
    except (SQLAlchemyError, MalformedUrl, OSError, settings.SettingsError) as error:
        logger.warning("Menus are read from the seeds: %s.", type(error).__name__)
    return {
        keyword_forms.normalise_keyword(keyword): opening_meaning(menu.template_name).intent
        for menu in seeds.seed_menus()
        for keyword in menu.trigger_keywords
    }


def _of_database(url: str) -> dict[str, str]:
    options: dict[str, Any] = {} if "connect_timeout" in url else _TIMEOUT
    engine = create_engine(sqlalchemy_url(url), connect_args=options)
    with Session(engine) as session:
        found = {keyword: what.intent for keyword, what in keywords.read_keywords(session).items()}
    engine.dispose()
    return found
