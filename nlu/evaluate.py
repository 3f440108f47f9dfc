"""`make evaluate`: what a trained model understands, as figures, a page and a picture.

With `--against` also whether it is worse than another model; it then ends with status 1 if so.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import settings
from nlu.evaluation.comparison import compare
from nlu.evaluation.figures import EXPLAINED, figures, right
from nlu.evaluation.messages import Expected, read_messages
from nlu.evaluation.model import Answer, ask
from nlu.evaluation.page import write_page
from nlu.live_catalogue import keep_to_seeds

MESSAGES = settings.ROOT / "tests" / "nlu" / "test_messages.yml"
MODELS = settings.ROOT / "models"
PAGE = settings.ROOT / "docs" / "understanding.md"


class NothingToEvaluate(Exception):
    """There is no trained model: run `make train` first."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluates as the command line says; 1 if the model is worse than the other one."""
    options = _options(arguments)
    keep_to_seeds()
    messages = read_messages(options.messages)
    try:
        model = options.model or newest_model()
    except NothingToEvaluate as error:
        print(f"make evaluate: {error.__doc__}", file=sys.stderr)
        return 1
    answers = ask(model, messages)
    _print_figures(messages, answers)
    _print_kinds(messages, answers)
    if options.page:
        _write(messages, answers, options.page)
    return _judge(messages, answers, options.against) if options.against else 0


def newest_model() -> Path:
    """The model that `rasa run` would load.

    Raises:
        NothingToEvaluate: none is trained.
    """
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        raise NothingToEvaluate
    return models[-1]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, help="a .tar.gz of Rasa's; default: the newest")
    parser.add_argument("--against", type=Path, help="the model in use, to compare with")
    parser.add_argument("--messages", type=Path, default=MESSAGES, help="the test split")
    parser.add_argument("--page", type=Path, help=f"where to write the report, e.g. {PAGE.name}")
    return parser.parse_args(arguments)


def _print_figures(messages: Sequence[Expected], answers: Sequence[Answer]) -> None:
    print(f"{len(messages)} messages")
    for name, value in asdict(figures(messages, answers)).items():
        shown = f"{value:6.1f} ms" if name.endswith("milliseconds") else f"{100 * value:6.1f} %"
        print(f"{name:22}{shown}  {EXPLAINED[name]}")


def _print_kinds(messages: Sequence[Expected], answers: Sequence[Answer]) -> None:
    """How much is done rightly of each kind of message."""
    kinds: dict[str, list[bool]] = {}
    for message, answer in zip(messages, answers, strict=True):
        kinds.setdefault(message.kind, []).append(right(message, answer))
    for kind, done in kinds.items():
        print(f"  {kind:20}{100 * sum(done) / len(done):6.1f} % of {len(done)} right")


def _write(messages: Sequence[Expected], answers: Sequence[Answer], page: Path) -> None:
    from nlu.evaluation.picture import draw  # noqa: PLC0415  matplotlib is slow to load

    picture = page.with_suffix(".png")
    page.parent.mkdir(parents=True, exist_ok=True)
    draw(messages, answers, picture)
    text = write_page(messages, answers, figures(messages, answers), picture.name)
    page.write_text(text, encoding="utf-8")
    print(f"Report: {page}")


def _judge(messages: Sequence[Expected], answers: Sequence[Answer], other: Path) -> int:
    others = ask(other, messages)
    both = list(zip(messages, answers, others, strict=True))
    comparison = compare([right(m, a) for m, a, _ in both], [right(m, o) for m, _, o in both])
    print(f"Against {other.name}: {comparison}; worse beyond noise: {comparison.worse}")
    return int(comparison.worse)


if __name__ == "__main__":
    sys.exit(main())
