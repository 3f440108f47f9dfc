"""A new shop starts from the catalogue of a kind of shop."""

import pytest
from sqlalchemy import select, text

from shop.menus import cache, shown
from shop.menus.last_good_version import list_menu_options
from shop.products.samples import sample_products
from storage.engine import session
from storage.models import Category, MenuProblem, Product
from storage.seeds.shops import read_shop, shop_kinds


def skus():
    with session() as opened:
        return set(opened.scalars(select(Product.sku)))


@pytest.mark.parametrize("kind", shop_kinds())
def test_its_products_come_with_their_choices_and_the_samples_leave(asha, kind):
    assert 'href="/products/start"' in asha.sees("/shop/setup")
    shop = read_shop(kind)
    asha.sends("/products/start", kind=kind)
    page = asha.sees("/products")
    assert f"{len(shop.products)} products of a {kind} are on offer. The samples are gone." in page
    assert skus() == {one.sku for one in shop.products}
    with session() as opened:
        cache.menus_cache(opened).refresh()
        listed = list_menu_options(shown.render_menu(opened, "product_catalog"))
        assert {one["id"] for one in listed} == skus()
        assert not opened.scalars(select(MenuProblem)).all()
        attached = opened.execute(text("""
            SELECT sku, array_agg(name ORDER BY product_option_groups.position)
            FROM product_option_groups JOIN option_groups ON option_groups.id = group_id
            GROUP BY sku"""))  # fmt: skip
        assert dict(attached.tuples().all()) == {
            sku: list(groups) for sku, groups in shop.groups.items() if groups
        }
        categories = opened.scalars(select(Category.name).order_by(Category.position, Category.id))
        own = list(dict.fromkeys(one.category for one in shop.products))
        assert [name for name in categories if name in own] == own
    assert 'href="/products/start"' not in asha.sees("/shop/setup")


def test_choosing_twice_leaves_what_the_owner_has_changed(asha):
    asha.sends("/products/start", kind="pizzeria")
    with session() as opened:
        opened.execute(text("UPDATE products SET price = 1 WHERE sku = 'coke'"))
        opened.execute(text("UPDATE options SET price = 7 WHERE name = 'Olives'"))
    asha.sends("/products/tiramisu/delete")
    before = skus()
    asha.sends("/products/start", kind="pizzeria")
    assert skus() == before | {"tiramisu"}
    with session() as opened:
        one = select(Product.price).where(Product.sku == "coke")
        assert opened.scalar(one) == 1
        assert opened.scalar(text("SELECT price FROM options WHERE name = 'Olives'")) == 7
        assert opened.scalar(text("SELECT count(*) FROM option_groups")) == 4
    asha.sends("/products/start", kind="pizzeria")
    assert "All of these products are in your shop already." in asha.sees("/products")


def test_a_cafe_keeps_the_samples(asha):
    asha.sends("/products/start", kind="cafe")
    with session() as opened:
        assert sample_products(opened) == []
    assert {"coffee", "tea"} <= skus()


def test_own_products_stay(asha):
    asha.sends("/products", name="Dosa", price="90", category="Food")
    asha.sends("/products/start", kind="grocer")
    assert "dosa" in skus()
    assert "coffee" not in skus()


def test_it_is_for_owners_and_for_what_there_is(asha, ravi):
    assert ravi.gets("/products/start").status_code == 403
    assert asha.sends("/products/start", kind="florist").status_code == 400
    assert asha.sends("/products/start", kind="pizzeria_options").status_code == 400
