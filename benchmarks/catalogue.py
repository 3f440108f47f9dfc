"""Measures the cost of a large catalogue: reading a message, and preparing a changed catalogue."""

import itertools
import time
from collections.abc import Iterator, Sequence
from statistics import quantiles

import yaml

from benchmarks.figures import Figure
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message
from settings import ROOT

_SIZES = (10, 1_000, 5_000)
_MESSAGES = ROOT / "tests" / "nlu" / "development_messages.yml"
_EVERY = 4  # of the messages; so a run takes a minute
_ROUNDS = 3
_MICROSECONDS = 1e6
_KINDS = "Royal Fresh Classic Spicy Golden House Jumbo Crispy Creamy Smoky Tangy Herbal Rustic"
_STUFFS = "Paneer Chicken Mushroom Mango Lemon Ginger Almond Cashew Potato Spinach Pepper Vanilla"
_DISHES = (
    "Wrap Burger Pizza Roll Shake Soda Cake Pastry Soup Curry Biryani Salad Pasta Muffin Toast "
    "Bagel Kebab Sorbet Brownie Cookie Dosa Thali Paratha Lassi Kulfi Halwa Ladoo Barfi Idli"
)


def measure_catalogues() -> Iterator[Figure]:
    """Measures the catalogues in turn, so that other load on the machine affects all of them."""
    catalogues: dict[int, Catalogue] = {}
    for size in _SIZES:
        catalogues[size] = catalogue_of(size)
        seconds = _cpu_seconds(catalogues[size])
        yield Figure(f"catalogue of {size:,}: ready", seconds, "CPU seconds")
        changed = Catalogue((*catalogues[size].products[:-1], Product("new", "Coconut Samosa")))
        yield Figure(f"catalogue of {size:,}: one changed", _cpu_seconds(changed), "CPU seconds")
    times = _times(catalogues)
    for percent, size in itertools.product((50, 95), _SIZES):
        now, few = (_percentile(times[each], percent) for each in (size, _SIZES[0]))
        what = f"catalogue of {size:,}: a message read, p{percent}"
        yield Figure(what, now, "CPU µs", f"of {_SIZES[0]}", few)


def _percentile(microseconds: Sequence[float], percent: int) -> float:
    return quantiles(microseconds, n=100, method="inclusive")[percent - 1]


def catalogue_of(size: int) -> Catalogue:
    """The products of a new shop, and made-up ones up to this number."""
    seeds = seed_catalogue().products
    names = itertools.product(_DISHES.split(), _KINDS.split(), _STUFFS.split())
    made_up = (
        Product(f"{kind}_{stuff}_{dish}".lower(), f"{kind} {stuff} {dish}", (f"{dish} no {at}",))
        for at, (dish, kind, stuff) in enumerate(names)
    )
    return Catalogue((*seeds, *itertools.islice(made_up, max(0, size - len(seeds)))))


def _cpu_seconds(catalogue: Catalogue) -> float:
    began = time.process_time()
    catalogue.prepare()
    return time.process_time() - began


def _times(catalogues: dict[int, Catalogue]) -> dict[int, list[float]]:
    """CPU microseconds of each message with each catalogue, the best of some rounds."""
    entries = yaml.load(_MESSAGES.read_text(encoding="utf-8"), yaml.CSafeLoader)["messages"]
    texts = [entry["text"] for entry in entries][::_EVERY]
    times: dict[int, list[float]] = {size: [] for size in catalogues}
    for text in texts:
        best = dict.fromkeys(catalogues, float("inf"))
        for _, (size, catalogue) in itertools.product(range(_ROUNDS), catalogues.items()):
            began = time.process_time()
            read_message(text, catalogue)
            best[size] = min(best[size], time.process_time() - began)
        for size, seconds in best.items():
            times[size].append(seconds * _MICROSECONDS)
    return times
