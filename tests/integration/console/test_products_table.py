"""Prices, stock, categories and what is sold out, of many products on one page."""

import re
from decimal import Decimal

from sqlalchemy import select, text

from storage.engine import session
from storage.models import AuditEntry, Product


def fields_of(worker, path="/products/table"):
    """What the page's form would send as it stands."""
    page = worker.sees(path)
    fields = {}
    for tag in re.findall(r"<input [^>]*>", page.partition('class="card sheet"')[2]):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if found.get("type") == "checkbox" and " checked" not in tag:
            continue
        if found.get("name") == "row":
            fields.setdefault("row", []).append(found["value"])
        elif "name" in found:
            fields[found["name"]] = found.get("value", "")
    return fields


def key(sku):
    with session() as opened:
        return opened.scalar(select(Product.id).where(Product.sku == sku))


def found(sku):
    with session() as opened:
        product = opened.scalars(select(Product).where(Product.sku == sku)).one()
        opened.expunge(product)
        return product


def test_many_rows_are_saved_at_once(asha):
    fields = fields_of(asha)
    fields |= {
        f"price.{key('coffee')}": "1,250.50", f"stock.{key('tea')}": "7",
        f"category.{key('juice')}": "Cold drinks",
        "name.new0": "7UP", "price.new0": "40", "category.new0": "Cold drinks",
    }  # fmt: skip
    del fields[f"available.{key('samosa')}"]
    answer = asha.sends("/products/table", **fields)
    assert answer.headers["Location"] == "/products/table"
    assert found("coffee").price == Decimal("1250.50")
    assert found("tea").stock == 7
    assert found("juice").category == found("item_7up").category == "Cold drinks"
    assert not found("samosa").is_available
    assert found("pakora").is_available
    with session() as opened:
        lines = opened.scalars(select(AuditEntry).where(AuditEntry.action.contains("product")))
        changed = {line.subject: line.action for line in lines}
    assert changed == {
        "coffee": "changed the product", "tea": "changed the product",
        "juice": "changed the product", "samosa": "changed the product",
        "item_7up": "added the product",
    }  # fmt: skip


def test_nothing_typed_is_lost_and_wrong_rows_are_named(asha):
    fields = fields_of(asha)
    fields |= {
        f"price.{key('coffee')}": "12,50", f"price.{key('tea')}": "95",
        "name.new1": "Lassi", "price.new1": "cheap",
    }  # fmt: skip
    answer = asha.sends("/products/table", **fields)
    assert answer.status_code == 422
    named = re.findall(r'<a href="#row-[^"]+">([^<]+)</a>', answer.text)
    assert named == ["Coffee", "Lassi"]
    for typed in ("12,50", "95", "Lassi", "cheap"):
        assert f'value="{typed}"' in answer.text
    assert found("coffee").price == 120
    assert found("tea").price == 80
    with session() as opened:
        assert opened.scalar(text("SELECT count(*) FROM products")) == 6


def test_what_an_order_took_meanwhile_stays_taken(asha):
    with session() as opened:
        opened.execute(text("UPDATE products SET stock = 10 WHERE sku = 'coffee'"))
    fields = fields_of(asha)
    with session() as opened:
        opened.execute(text("UPDATE products SET stock = 8 WHERE sku = 'coffee'"))
    fields[f"price.{key('coffee')}"] = "130"
    assert asha.sends("/products/table", **fields).status_code == 303
    assert (found("coffee").stock, found("coffee").price) == (8, 130)
    fields[f"stock.{key('coffee')}"] = "20"
    refused = asha.sends("/products/table", **fields)
    assert refused.status_code == 422
    assert "It is 8 meanwhile. Save again to change it." in refused.text
    assert f'name="was.stock.{key("coffee")}" value="8"' in refused.text
    fields |= {f"was.stock.{key('coffee')}": "8", f"was.price.{key('coffee')}": "130"}
    assert asha.sends("/products/table", **fields).status_code == 303
    assert found("coffee").stock == 20


def test_a_product_that_is_gone_meanwhile_takes_nothing_with_it(asha):
    fields = fields_of(asha)
    fields |= {f"price.{key('coffee')}": "130", f"price.{key('tea')}": "90"}
    with session() as opened:
        opened.execute(text("DELETE FROM products WHERE sku = 'tea'"))
    assert asha.sends("/products/table", **fields).status_code == 303
    assert found("coffee").price == 130


def test_a_name_written_by_sql_keeps_nobody_from_changing_the_price(asha):
    with session() as opened:
        opened.execute(text("UPDATE products SET name = repeat('x', 90) WHERE sku = 'coffee'"))
    fields = fields_of(asha)
    fields[f"price.{key('coffee')}"] = "99"
    assert asha.sends("/products/table", **fields).status_code == 303
    assert found("coffee").price == 99


def test_the_table_is_for_owners(ravi):
    assert ravi.gets("/products/table").status_code == 403
    assert ravi.sends("/products/table", row="1").status_code == 403


def test_a_thousand_products_come_in_pages(asha):
    with session() as opened:
        opened.execute(
            text("""
            INSERT INTO products (sku, name, category, price, position)
            SELECT 'p' || n, 'Product ' || n, 'Shelf ' || n % 20, n, n
            FROM generate_series(1, 1000) AS n
            """)
        )
    first = asha.sees("/products/table")
    assert "Page 1 of 21" in first
    assert first.count('name="row"') == 50
    assert asha.sees("/products?page=21").count('class="ware') == 6
    assert "Page 21 of 21" in asha.sees("/products?page=99")
    assert asha.sees("/products?q=Product+777").count('class="ware') == 1


def test_leaving_with_unsaved_words_is_asked_about(page):
    page.goto("/products/table")
    page.get_by_label("Price in ₹: Coffee").fill("125")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Choices").click()
    page.wait_for_url("**/products/options")
    assert asked == ["beforeunload"]
    page.goto("/products/table")
    page.get_by_label("Price in ₹: Coffee").fill("125")
    page.get_by_label("Tea is available").uncheck()
    page.get_by_role("button", name="Save all").click()
    page.get_by_text("Saved.").wait_for()
    assert asked == ["beforeunload"]
    assert found("coffee").price == 125
    assert not found("tea").is_available
