"""`make evaluate`: measures what a trained model understands; writes figures, a page, a picture.

It compares the model with the one that was in use before. The exit status is 1 if the newer one is
worse beyond noise.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import settings
from nlu.catalogue.live_catalogue import keep_to_seeds
from nlu.checks.leaks import SEEN, TEST, seen_messages
from nlu.evaluation.figures import is_answer_right
from nlu.evaluation.messages import Expected, read_messages
from nlu.evaluation.model import Asked, NotOfThisCode, ask_model
from nlu.evaluation.page import BEGIN, write_figures
from nlu.evaluation.shop_orders import SHOPS_HEADER, ShopFigures, measure_shops
from nlu.evaluation.trial import Trial
from nlu.evaluation.unseen import HEADER, unseen_rows
from settings.models import order_models

# The whole split: what was never seen, and what the training data holds too.
MESSAGES = (TEST, SEEN)
MODELS = settings.ROOT / "models"
PAGE = settings.ROOT / "docs" / "understanding.md"


class NothingToEvaluate(Exception):
    """There is no trained model: run `make train` first."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluates as the command line says; returns 1 if the model is worse than the older one."""
    options = _options(arguments)
    models = [options.model] if options.model else trained_models(MODELS)
    try:
        if not models:
            raise NothingToEvaluate(NothingToEvaluate.__doc__)
        before = options.against or (models[1] if models[1:] else None)
        trial = evaluate_models(models[0], before, options.messages)
        shops = list(measure_shops())
    except (NothingToEvaluate, NotOfThisCode) as error:
        print(f"make evaluate: {error}", file=sys.stderr)
        return 1
    _print_shops(shops)
    if options.page:
        _write(trial, options.page, shops)
    return int(bool(trial.comparison and trial.comparison.worse))


def evaluate_models(model: Path, before: Path | None, messages: Sequence[Path] = MESSAGES) -> Trial:
    """Asks both models, prints their figures side by side and returns their answers.

    Raises:
        NotOfThisCode: the newer model does not fit the code; for the older one this is printed.
    """
    keep_to_seeds()
    expected = read_messages(*messages)
    old = _still_fits(before, expected) if before else None
    seen = seen_messages([message.text for message in expected])
    trial = Trial(expected, ask_model(model, expected), old, seen)
    _print(trial)
    return trial


def trained_models(directory: Path) -> list[Path]:
    """All models in a directory, the one in use first (settings/models.py)."""
    return order_models(directory)


def _still_fits(model: Path, messages: Sequence[Expected]) -> Asked | None:
    try:
        return ask_model(model, messages)
    except NotOfThisCode as error:
        print(f"Not compared: the model before is of other code. {error}")
        return None


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, help="a .tar.gz of Rasa's; default: the newest")
    parser.add_argument("--against", type=Path, help="another; default: the newest but one")
    parser.add_argument(
        "--messages", type=Path, nargs="+", default=MESSAGES, help="the files of a test split"
    )
    parser.add_argument("--page", type=Path, help=f"where the report goes, e.g. {PAGE.name}")
    return parser.parse_args(arguments)


def _print(trial: Trial) -> None:
    print(f"{len(trial.messages)} messages: the newer model on all and on what it never saw, and")
    print("the older one on all")
    for name, now, unseen, before, meaning in trial.table():
        print(f"{name:30}{now:>9}{unseen:>9}{before:>9}  {meaning}")
    kinds: dict[str, list[bool]] = {}
    for message, answer in zip(trial.messages, trial.now.answers, strict=True):
        kinds.setdefault(message.kind, []).append(is_answer_right(message, answer))
    for kind, done in kinds.items():
        print(f"  {kind:28}{100 * sum(done) / len(done):7.1f} %  of {len(done)} done rightly")
    for row in (HEADER, *unseen_rows(trial.messages, trial.now.answers, trial.seen)):
        print("{:30}{:>8}{:>26}{:>26}".format(*row))
    if trial.comparison:
        print(f"Right, message by message: {trial.comparison}")


def _print_shops(shops: Sequence[ShopFigures]) -> None:
    print("Strangers' orders at other shops, read with their catalogues")
    for row in (SHOPS_HEADER, *(one.as_row() for one in shops)):
        print("{:14}{:>14}{:>14}{:>22}{:>14}".format(*row))


def _write(trial: Trial, page: Path, shops: Sequence[ShopFigures]) -> None:
    """Replaces the page's figures; the words before them are written by hand."""
    from nlu.evaluation.picture import draw_matrix  # noqa: PLC0415  matplotlib is slow to load

    picture = page.parent / "images" / f"{page.stem}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    draw_matrix(trial.messages, trial.now.answers, picture)
    words = page.read_text(encoding="utf-8").partition(BEGIN)[0] if page.exists() else ""
    text = write_figures(trial, f"images/{picture.name}", shops)
    page.write_text(f"{words}{BEGIN}{text}", encoding="utf-8")
    print(f"Report: {page}")


if __name__ == "__main__":
    sys.exit(main())
