"""Draws the map of menus: a box per menu, a line per link."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shop.menus.link_map import BUILT_IN, Link, MenuMap, Node, reachable_menus

BOX_WIDTH = 230
HEAD = 46
ROW = 26
_GAP_X, _GAP_Y = 110, 34
_MARGIN = 16
_LONGEST = 27


@dataclass(frozen=True)
class Row:
    """One option: its title, and whether it has a target."""

    text: str
    y: int
    opens: str | None
    resolves: bool


@dataclass(frozen=True)
class Box:
    """One menu."""

    name: str
    keywords: str
    x: int
    y: int
    height: int
    is_reached: bool
    rows: list[Row]


@dataclass(frozen=True)
class Picture:
    """The values that the template draws; `lines` are SVG paths."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str] = field(default_factory=list)


def draw_picture(drawn: MenuMap) -> Picture:
    """Lays the menus out in columns, by their distance in taps from the first menu."""
    reached, boxes = reachable_menus(drawn), []
    columns = _columns(drawn)
    for number, names in enumerate(columns):
        x, y = _MARGIN + number * (BOX_WIDTH + _GAP_X), _MARGIN
        for name in names:
            box = _box(drawn[name], x, y, is_reached=name in reached)
            boxes.append(box)
            y += box.height + _GAP_Y
    return Picture(
        width=2 * _MARGIN + len(columns) * (BOX_WIDTH + _GAP_X) - _GAP_X,
        height=_MARGIN + max((box.y + box.height for box in boxes), default=0),
        boxes=boxes,
        lines=_lines(boxes),
    )


def _columns(drawn: MenuMap) -> list[list[str]]:
    """The names of menus by column; menus that no tap leads to are in the first column, too."""
    first = next((name for name in BUILT_IN if name in drawn), next(iter(drawn), None))
    depth: dict[str, int] = {}
    for start in [first, *drawn] if first else []:
        _walk(drawn, start, depth)
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, column in depth.items():
        columns[column].append(name)
    return columns


def _walk(drawn: MenuMap, start: str, depth: dict[str, int]) -> None:
    """Fills `depth` with the fewest taps from `start` to each menu, breadth first."""
    if start in depth:
        return
    depth[start] = 0
    waiting = [start]
    while waiting:
        name = waiting.pop(0)
        for link in drawn[name].links:
            if link.menu and link.menu not in depth:
                depth[link.menu] = depth[name] + 1
                waiting.append(link.menu)


def _box(node: Node, x: int, y: int, *, is_reached: bool) -> Box:
    rows = [_row(link, y + HEAD + place * ROW) for place, link in enumerate(node.links)]
    words = ", ".join(node.keywords)
    height = HEAD + ROW * len(rows) + 8
    return Box(node.name, _cut(words, _LONGEST + 6), x, y, height, is_reached, rows)


def _row(link: Link, y: int) -> Row:
    return Row(_cut(link.title or link.reply_id, _LONGEST), y, link.menu, link.resolves)


def _lines(boxes: Sequence[Box]) -> list[str]:
    """SVG paths from the right edge of each option to the left edge of the menu that it opens."""
    by_name = {box.name: box for box in boxes}
    return [
        _curve(box.x + BOX_WIDTH, row.y + ROW // 2, by_name[row.opens])
        for box in boxes
        for row in box.rows
        if row.opens in by_name and row.opens != box.name
    ]


def _curve(x: int, y: int, target: Box) -> str:
    to_x, to_y = target.x - 5, target.y + HEAD // 2
    bend = max(55, (to_x - x) // 2)
    return f"M{x} {y} C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
