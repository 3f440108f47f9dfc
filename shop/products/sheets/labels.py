"""What groups of options are called in a table: by name, with a number where several share one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from storage.models import OptionGroup

_BETWEEN = "; "


def label_groups(groups: Iterable[OptionGroup]) -> dict[int, str]:
    """The label of each group by its id: `Size`, or `Size #12`."""
    groups = list(groups)
    counts = Counter(group.name for group in groups)
    return {
        group.id: group.name if counts[group.name] == 1 else f"{group.name} #{group.id}"
        for group in groups
    }


def spell_labels(labels: Mapping[int, str], group_ids: Iterable[int]) -> str:
    """`Size; Milk`: the groups of one product in a cell."""
    return _BETWEEN.join(labels[key] for key in group_ids if key in labels)


def read_labels(labels: Mapping[int, str], cell: str) -> tuple[list[int], list[str]]:
    """The groups that a cell names, and the labels that no group has."""
    known = {label.casefold(): key for key, label in labels.items()}
    typed = [label.strip() for label in re.split(r"[;\n]", cell) if label.strip()]
    found = [known[label.casefold()] for label in typed if label.casefold() in known]
    return list(dict.fromkeys(found)), [one for one in typed if one.casefold() not in known]
