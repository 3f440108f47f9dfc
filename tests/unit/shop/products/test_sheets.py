"""Tables as people paste and upload them, whatever is in them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.products.sheets.columns import KINDS, format_heading, known_columns, read_yes_or_no
from shop.products.sheets.reading import (
    UnreadableSheet,
    decode_sheet,
    mark_formula,
    read_sheet,
    unmark_formula,
)

HEADINGS = "code,name,price\n"


@given(st.text())
def test_a_marked_formula_comes_back_as_it_was(cell):
    marked = mark_formula(cell)
    assert unmark_formula(marked) == cell
    assert not marked.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text() | st.text(alphabet=',;\t"\n\r ab12'))
def test_any_text_is_a_table_or_is_refused(text):
    for table in (text, HEADINGS + text):
        try:
            sheet = read_sheet(table)
        except UnreadableSheet:
            continue
        assert sheet.kind in KINDS
        assert all(line.number > 0 for line in sheet.lines)


@given(st.binary())
def test_any_file_is_decoded_or_refused(content):
    try:
        text = decode_sheet(content)
    except UnreadableSheet:
        return
    assert "\0" not in text
    assert "\r" not in text


@given(
    st.lists(st.tuples(*[st.text(alphabet="a\"\n;,\t='é च")] * 3), max_size=5),
    st.sampled_from(",;\t"),
)
def test_cells_come_back_whatever_stands_between_them(rows, delimiter):
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerow(["code", "name", "price"])
    writer.writerows([[mark_formula(cell) for cell in row] for row in rows])
    lines = read_sheet(made.getvalue()).lines
    cells = [[unmark_formula(mark_formula(cell).strip()) for cell in row] for row in rows]
    found = [[line.cells[name] for name in ("sku", "name", "price")] for line in lines]
    assert found == [row for row in cells if any(row)]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("name,price", "products"),
        ("Code", "products"),
        ("Item Name;Rate;Group", "products"),
        ("Choice,Option,Price", "options"),
        ("Category,Category (hi)", "categories"),
    ],
)
def test_the_kind_is_known_by_its_columns(headings, kind):
    assert read_sheet(f"{headings}\n").kind == kind


def test_our_own_headings_are_understood():
    for kind in KINDS:
        titles = [format_heading(kind, column) for column in known_columns(kind)]
        sheet = read_sheet(",".join(titles))
        assert (sheet.kind, list(sheet.columns)) == (kind, list(known_columns(kind)))


def test_lines_are_counted_where_they_begin():
    table = 'name,description\nA,"two\nlines"\n\nB,one\n'
    assert [(line.number, line.cells["name"]) for line in read_sheet(table).lines] == [
        (2, "A"),
        (5, "B"),
    ]


def test_more_lines_than_anybody_types_are_refused():
    with pytest.raises(UnreadableSheet, match="At most 5,000 lines"):
        read_sheet("name\n" + "x\n" * 5001)


@pytest.mark.parametrize(
    ("cell", "said"),
    [("Yes", "yes"), (" TRUE ", "yes"), ("0", "no"), ("Sold  out", "no"), ("हाँ", "yes")],
)
def test_answers(cell, said):
    assert read_yes_or_no(cell) == said
