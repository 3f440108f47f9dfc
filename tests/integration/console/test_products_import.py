"""Products, options and categories from spreadsheets, and back."""

import re
from decimal import Decimal
from html import unescape

import pytest
from sqlalchemy import select, text

from shop.menus import cache
from shop.menus.shown import render_menu
from shop.products.editing import attaching
from storage.engine import session
from storage.models import AuditEntry, Category, Option, OptionGroup, Product
from tests.integration.shop.orders.trading import add_sizes


def look(worker, table, **fields):
    answer = worker.sends("/products/import", page="/products/import", text=table, **fields)
    return unescape(answer.text)


def upload(worker, content, name="products.csv"):
    return worker.http.post(
        worker.console + "/products/import",
        data={"csrf": worker.csrf(), "do": "preview"},
        files={"file": (name, content)},
        allow_redirects=False,
    )


def take_over(worker, table, *, without_samples=True):
    """Looks, then agrees to what is seen."""
    page = look(worker, table)
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark, page
    samples = {"without_samples": "yes"} if without_samples else {}
    return worker.sends("/products/import", text=table, do="apply", mark=mark[1], **samples)


def tally(page):
    found = re.search(r'class="plain tally">(.*?)</ul>', page, re.S)
    assert found, page
    return [int(count) for count in re.findall(r'<b class="figure">(\d+)</b>', found[1])]


def products():
    with session() as opened:
        found = {product.sku: product for product in opened.scalars(select(Product))}
        opened.expunge_all()
        return found


def test_a_table_is_looked_at_and_then_taken_over(asha):
    table = (
        "Name\tPrice\tCategory\tOther words\tname (hi)\n"
        "7UP\t40\tCold drinks\tseven up\t\n"
        'चाय\t"1,250.50"\tHot drinks\tkadak chai\tचाय\n'
        "Coffee\t130\tBeverages\tkaapi\t\n"
    )
    page = look(asha, table)
    assert tally(page) == [2, 1, 0, 0]
    assert "New categories: Cold drinks, Hot drinks." in page
    assert set(products()) == {"coffee", "tea", "juice", "samosa", "pakora", "sandwich"}
    answer = take_over(asha, table)
    assert answer.headers["Location"] == "/products"
    found = products()
    assert set(found) == {"item_7up", "caay", "coffee"}
    assert found["caay"].price == Decimal("1250.50")
    assert found["caay"].translations == {"hi": {"name": "चाय"}}
    assert (found["coffee"].price, found["coffee"].aliases) == (130, ["kaapi"])
    assert found["coffee"].description == "Hot & Cold"
    assert "2 new, 1 changed. The samples are gone." in unescape(asha.sees("/products"))
    assert tally(look(asha, table)) == [0, 0, 3, 0]


def test_a_table_with_a_new_name_renames_the_row_of_the_catalogue(asha):
    take_over(asha, "sku\tname\tprice\ncoffee\tFilter Coffee\t120\n")
    with session() as opened:
        cache.menus_cache(opened).refresh()
        assert products()["coffee"].name == "Filter Coffee"
        assert "'title': 'Filter Coffee'" in str(render_menu(opened, "product_catalog"))


def test_samples_may_stay(asha):
    answer = take_over(asha, "name,price\nIdli,40\n", without_samples=False)
    assert answer.status_code == 200
    mark = re.search(r'name="mark" value="(\w+)"', answer.text)[1]
    asha.sends("/products/import", text="name,price\nIdli,40\n", do="apply", mark=mark)
    assert len(products()) == 7


def test_what_is_exported_and_imported_again_changes_nothing(asha):
    with session() as opened:
        add_sizes(opened, "coffee")
        opened.execute(
            text("""
            UPDATE products SET name = '=SUM(1) "x"', description = E'two\\nlines; and, more',
                aliases = '{"Kaapi","it''s"}', stock = 3, stock_daily = 5, short_name = 'S',
                translations = '{"hi": {"name": "कॉफ़ी"}, "xx": 1}' WHERE sku = 'coffee'
            """)
        )
        opened.execute(text("UPDATE products SET name = repeat('y', 99) WHERE sku = 'tea'"))
        opened.execute(text("""INSERT INTO option_groups (name) VALUES ('Size'), ('Size')"""))
        opened.execute(
            text("""
            INSERT INTO options (group_id, name, price, aliases)
            SELECT id, 'Extra', 10, '{"more"}' FROM option_groups WHERE name = 'Size'
            ON CONFLICT DO NOTHING
            """)
        )
        opened.execute(text("""UPDATE categories SET translations = '{"hi": {"name": "पेय"}}'"""))
    for kind in ("products", "options", "categories"):
        exported = asha.gets(f"/products/export/{kind}")
        assert exported.headers["Content-Type"] == "text/csv; charset=utf-8"
        answer = upload(asha, exported.content)
        new, changed, same, wrong = tally(answer.text)
        assert (new, changed, wrong) == (0, 0, 0), unescape(answer.text)
        assert same
        assert "nothing would change" in answer.text
        assert tally(look(asha, exported.text))[2] == same


@pytest.mark.parametrize(
    ("content", "price"),
    [
        ("\ufeffname,price\nIdli,40\n".encode(), 40),
        (b'name;price\nIdli;"1.250"\n', None),
        (b"sep=;\r\nname;price\r\nIdli;1,250\r\n", 1250),
        ("Item Name;MRP\r\nIdli;₹ 1,25,000\r\n".encode(), 125000),
        ("name\tprice\nIdli\t49.5\n".encode("utf-16"), Decimal("49.5")),
        (b"name,price\nIdli,12,50\n", None),
        (b'name,price\nIdli,"12,50"\n', None),
        (b'name,price,description\n"Idli","40","two\r\nlines"\n', 40),
    ],
)
def test_files_as_spreadsheets_write_them(asha, content, price):
    page = unescape(upload(asha, content).text)
    assert tally(page) == ([1, 0, 0, 0] if price is not None else [0, 0, 0, 1])
    if price is not None:
        table = re.search(r'<textarea name="text" hidden[^>]*>(.*?)</textarea>', page, re.S)[1]
        take_over(asha, table)
        assert products()["idli"].price == price


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x1,,40,", "A new product needs it"),
        (",Idli,,", "A new product needs it"),
        (",Idli,free,", "A price in rupees"),
        (",Idli,40,Tea", "“tea” already means Tea"),
        (",Idli,40,hello", "already opens the menu"),
        ("new_order,Idli,40,", "means something else already"),
        (",,40,", "Neither a code nor a name"),
        ("coffee,Tea,40,", "There is a product “Tea” already"),
        (",Vada,30,", "The same product as in line 2"),
        (",Idli,40,x,y,z", "6 cells under 4 headings"),
        (',"Idli"s,40,', "quotation mark"),
    ],
)
def test_wrong_lines_are_named_with_their_reason(asha, line, reason):
    asha.sends("/products/samples/keep")
    page = look(asha, f"code,name,price,other words\n,Vada,30,\n{line}\n")
    assert tally(page) == [1, 0, 0, 1]
    row = re.search(r"<h2>Wrong.*?</table>", page, re.S)[0]
    assert re.search(r'data-label="Line">3<', row)
    assert reason in row


def test_good_lines_go_in_without_the_wrong_ones(asha):
    take_over(asha, "name,price\nIdli,40\nVada,cheap\n")
    assert "idli" in products()
    assert "vada" not in products()
    assert "1 new, 0 changed. 1 left out." in unescape(asha.sees("/products"))


def test_an_agreement_is_to_what_was_seen(asha):
    table = "code,name,price\ncoffee,Coffee,130\n"
    page = look(asha, table)
    mark = re.search(r'name="mark" value="(\w+)"', page)[1]
    asha.sends("/products/coffee", name="Coffee", price="99", category="Beverages")
    answer = asha.sends(
        "/products/import", text=table, do="apply", mark=mark, without_samples="yes"
    )
    assert "This is not what you saw before" in answer.text
    assert products()["coffee"].price == 99


def test_codes_of_other_programs_stay_the_same_product(asha):
    table = "sku,name,price\n8901,Idli,40\nVD-01,Vada,30\n"
    take_over(asha, table)
    assert set(products()) == {"item_8901", "vd_01"}
    assert tally(look(asha, table.replace("40", "45"))) == [0, 1, 1, 0]


def test_an_option_is_sold_out_and_usual_by_a_table(asha):
    take_over(asha, "choice,option,price\nMilk,Oat,30\nMilk,Soy,20\n")
    page = look(asha, "choice,option,available,usual\nMilk,Oat,no,\nMilk,Soy,,yes\n")
    assert tally(page) == [0, 2, 0, 0]
    assert "available: <del>yes</del> → <ins>no</ins>" in page
    assert "usual: <del>no</del> → <ins>yes</ins>" in page
    take_over(asha, "choice,option,available,usual\nMilk,Oat,no,\nMilk,Soy,,yes\n")
    with session() as opened:
        found = opened.execute(select(Option.name, Option.is_available, Option.is_default)).all()
    assert sorted(found) == [("Oat", False, False), ("Soy", True, True)]


def test_what_costs_nothing_is_said_before_it_is_taken_over(asha):
    nothing = "₹0: customers get it for nothing."
    assert nothing in look(asha, "name,price\nCoffee,0\n")
    assert nothing in look(asha, "name,price\nWater,0\n")
    assert nothing not in look(asha, "name,price\nWater,5\n")


def test_choices_come_with_products(asha):
    options = (
        "choice,at least,at most,option,price,usual,other words\n"
        "Size,1,1,Small,0,yes,chota\nSize,1,1,Large,50,,bada\nMilk,0,2,Oat,30,,\n"
    )
    page = look(asha, options)
    assert tally(page) == [3, 0, 0, 0]
    assert "price <b>50</b>" in page
    assert "Customers take exactly 1 of this choice." in page
    assert "Customers take 0 to 2 of this choice." in page
    assert take_over(asha, options).headers["Location"] == "/products/options"
    take_over(asha, "code,choices\ncoffee,Size; Milk\ntea,size\n")
    with session() as opened:
        groups = {group.name: group for group in opened.scalars(select(OptionGroup))}
        assert (groups["Milk"].minimum, groups["Milk"].maximum) == (0, 2)
        own = [groups["Size"].id, groups["Milk"].id]
        assert attaching.groups_of(opened, "coffee") == own
        assert attaching.groups_of(opened, "tea") == own[:1]
        small = opened.scalars(select(Option).where(Option.name == "Small")).one()
        assert (small.aliases, small.is_default) == (["chota"], True)
        opened.expunge(small)
    page = look(asha, "code,choices\ncoffee,Sugar\n")
    assert "There are no choices called “Sugar”" in page
    changed = options.replace("50", "60").replace("Oat", "Soy")
    assert tally(look(asha, changed)) == [1, 1, 1, 0]
    take_over(asha, changed)
    with session() as opened:
        found = {one.name: one.price for one in opened.scalars(select(Option))}
        assert found == {"Small": 0, "Large": 60, "Oat": 30, "Soy": 30}
        assert opened.scalars(select(Option.id).where(Option.name == "Small")).one() == small.id


@pytest.mark.parametrize(
    ("lines", "wrong", "reason"),
    [
        ("Size,2,1,Small,0,", 1, "not less than the least"),
        ("Size,2,2,Small,0,", 1, "there are only 1 options"),
        ("Size,1,1,Small,0,yes\nSize,1,1,Large,5,yes", 2, "2 options are marked as usual"),
        ("Size,1,1,Small,x,\nSize,1,1,Large,5,", 2, "A price in rupees"),
        ("Size,1,1,Small,0,\nSize,0,1,Large,5,", 2, "another number than line 2"),
        ("Size,1,1,Small,0,perhaps", 1, "yes or no"),
        ("Size,1,1,,0,", 1, "missing"),
    ],
)
def test_a_choice_goes_in_whole_or_not_at_all(asha, lines, wrong, reason):
    page = look(asha, f"choice,at least,at most,option,price,usual\n{lines}\n")
    assert tally(page) == [0, 0, 0, wrong]
    assert reason in page


def test_categories_get_their_names_in_hindi(asha):
    take_over(asha, "Category,Category (hi)\nBeverages,पेय\nDesserts,मिठाई\n")
    with session() as opened:
        found = {one.name: one.translations for one in opened.scalars(select(Category))}
    assert found == {
        "Beverages": {"hi": {"name": "पेय"}},
        "Snacks": {},
        "Desserts": {"hi": {"name": "मिठाई"}},
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in it yet"),
        (b"hello\nworld\n", "The first line must name the columns"),
        (b"PK\x03\x04rest", "This is a workbook"),
        ("name,price\nCafé,40\n".encode("cp1252"), "Save it as “CSV UTF-8”"),
    ],
)
def test_what_is_no_table(asha, content, said):
    answer = upload(asha, content)
    assert answer.status_code == 422
    assert said in unescape(answer.text)


def test_the_log_says_what_was_imported(asha):
    take_over(asha, "code,name,price\ncoffee,Coffee,130\n,Idli,40\n")
    with session() as opened:
        lines = opened.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        details = {line.action: line.details for line in lines}
    assert details["imported a table of"] == {"new": 1, "changed": 1, "same": 0, "wrong": 0}
    assert details["changed the product"]["before"] == {"price": "120"}


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it(asha):
    take_over(asha, "name,price\n'=cmd|x,40\n")
    with session() as opened:
        assert opened.scalars(select(Product.name)).all() == ["=cmd|x"]
    assert "'=cmd|x" in asha.gets("/products/export/products").text


def test_a_thousand_lines(asha):
    lines = [f"P{n},Product {n},{n},Shelf {n % 20}" for n in range(1, 1001)]
    table = "\n".join(["code,name,price,category", *lines])
    assert tally(look(asha, table)) == [1000, 0, 0, 0]
    take_over(asha, table)
    assert len(products()) == 1000
    assert tally(look(asha, table)) == [0, 0, 1000, 0]
