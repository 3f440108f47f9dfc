"""Products that leave: deleted ones, and the samples once there are own products."""

import pytest
from sqlalchemy import select, text

from shop.menus import cache, shown
from shop.menus.last_good_version import list_menu_options
from shop.products.editing import deleted_products, product_editing
from shop.products.samples import sample_products
from storage.engine import session
from storage.models import (
    KeptPicture,
    MenuProblem,
    OptionGroup,
    Product,
    ProductOptionGroup,
    WorkflowTemplate,
)


def listed(name="product_catalog", language=None):
    """The codes that customers can tap now."""
    with session() as opened:
        cache.menus_cache(opened).refresh()
        return [
            option["id"] for option in list_menu_options(shown.render_menu(opened, name, language))
        ]


def skus():
    with session() as opened:
        return set(opened.scalars(select(Product.sku)))


def test_a_deleted_product_leaves_its_menus_and_frees_its_words(asha):
    asha.sends("/products/tea/delete")
    assert "Tea is deleted." in asha.sees("/products")
    assert "tea" not in skus()
    assert "tea" not in listed() + listed(language="hi")
    with session() as opened:
        assert not opened.scalars(select(MenuProblem)).all()
    asha.sends("/products", name="Masala Tea", price="30", aliases="chai")
    with session() as opened:
        assert product_editing.find_product(opened, "masala_tea").aliases == ["chai"]


def test_a_deleted_product_comes_back_with_all_it_had(asha):
    with session() as opened:
        opened.add(KeptPicture(name="a.jpg", media_type="image/jpeg", content=b"x"))
        opened.add(OptionGroup(id=77, name="Size"))
        opened.flush()
        opened.add(ProductOptionGroup(sku="tea", group_id=77))
        tea = product_editing.find_product(opened, "tea")
        tea.image, tea.emoji, tea.aliases = "a.jpg", "🫖", ["cha"]
        before = deleted_products.spell_product(opened, tea)
    asha.sends("/products/tea/delete")
    assert "Bring Tea back" in asha.sees("/products?deleted=tea")
    asha.sends("/products/coffee/delete")
    assert asha.sends("/products/tea/restore").headers["Location"] == "/products/tea"
    assert "Tea is in the list again." in asha.sees("/products")
    with session() as opened:
        tea = product_editing.find_product(opened, "tea")
        assert deleted_products.spell_product(opened, tea) == before
    assert "tea" in listed()
    assert "Bring Tea back" not in asha.sees("/products?deleted=tea")
    assert asha.sends("/products/tea/restore").status_code == 404


def test_a_product_whose_name_is_taken_meanwhile_does_not_come_back(asha, ravi):
    asha.sends("/products/tea/delete")
    asha.sends("/products", name="Tea", price="30", sku="tea_2")
    refused = asha.sends("/products/tea/restore")
    assert refused.status_code == 409
    assert "There is a product “Tea” already" in refused.text
    assert ravi.sends("/products/tea/restore").status_code == 403


def test_pictures_of_products_that_cannot_come_back_are_dropped(asha):
    with session() as opened:
        for name in ("old.jpg", "new.jpg"):
            opened.add(KeptPicture(name=name, media_type="image/jpeg", content=b"x"))
        opened.flush()
        for sku, name in (("tea", "old.jpg"), ("coffee", "new.jpg")):
            product_editing.find_product(opened, sku).image = name
    asha.sends("/products/tea/delete")
    with session() as opened:
        opened.execute(text("UPDATE audit_log SET at = at - interval '8 days'"))
    asha.sends("/products/coffee/delete")
    with session() as opened:
        assert opened.scalars(select(KeptPicture.name)).all() == ["new.jpg"]
    assert asha.sends("/products/tea/restore").status_code == 404


def test_a_deleted_code_can_be_sold_anew_and_is_in_the_catalogue(asha):
    asha.sends("/products/coffee/delete")
    asha.sends("/products", name="Coffee", price="150", category="Beverages")
    assert "coffee" in skus()
    assert listed()[-1] == "coffee" or "coffee" in listed()


def test_what_the_owner_took_out_of_the_catalogue_stays_out(asha):
    with session() as opened:
        menu = opened.scalars(
            select(WorkflowTemplate).where(WorkflowTemplate.template_name == "product_catalog")
        ).one()
        structure = dict(menu.menu_structure)
        first = structure["action"]["sections"][0]
        rows = [row for row in first["rows"] if row["id"] != "coffee"]
        action = {
            **structure["action"],
            "sections": [{**first, "rows": rows}, *structure["action"]["sections"][1:]],
        }
        menu.menu_structure = {**structure, "action": action}
    assert "coffee" not in listed()


def test_orders_of_the_past_keep_what_was_deleted(asha):
    with session() as opened:
        opened.execute(
            text("""
            INSERT INTO orders (order_id, items, total, status) VALUES ('ORD-1',
            '[{"product": "tea", "product_name": "Tea", "quantity": 2, "price": 80}]', 160,
            'delivered')
            """)
        )
    asha.sends("/products/tea/delete")
    assert "Tea" in asha.sees("/orders/ORD-1")


def test_a_menu_of_nothing_else_is_named(asha):
    with session() as opened:
        structure = {
            "type": "button",
            "body": {"text": "Hot?"},
            "action": {"buttons": [{"type": "reply", "reply": {"id": "tea", "title": "Tea"}}]},
        }
        opened.add(
            WorkflowTemplate(
                template_name="hot_things", template_type="button", menu_structure=structure
            )
        )
    asha.sends("/products/tea/delete")
    assert "Nothing is left in the menu “Hot things”" in asha.sees("/products")


def test_the_samples_are_offered_to_leave_when_own_products_come(asha):
    assert "Remove the samples" not in asha.sees("/products")
    asha.sends("/products", name="Idli", price="40", category="Breakfast")
    assert "Remove the samples" in asha.sees("/products")
    asha.sends("/products/samples/remove")
    assert skus() == {"idli"}
    assert listed() == listed(language="hi") == ["idli"]
    asha.sends("/products", name="Tea", price="20", category="Breakfast", aliases="chai, चाय")
    assert listed() == ["idli", "tea"]
    assert "Remove the samples" not in asha.sees("/products")
    with session() as opened:
        assert not opened.scalars(select(MenuProblem)).all()


def test_samples_that_are_sold_are_kept(asha):
    asha.sends("/products", name="Idli", price="40")
    asha.sends("/products/samples/keep")
    assert "Remove the samples" not in asha.sees("/products")
    assert "Still as in the sample" not in asha.sees("/shop/setup")
    with session() as opened:
        assert list(sample_products(opened)) == []
    assert len(skus()) == 7


def test_a_sample_with_another_price_is_an_own_product(asha):
    asha.sends("/products/tea", name="Tea", price="15", category="Beverages")
    asha.sends("/products/samples/remove")
    assert skus() == {"tea"}
    assert listed() == ["tea"]


@pytest.mark.parametrize("path", ["/products/tea/delete", "/products/samples/remove"])
def test_staff_delete_nothing(ravi, path):
    assert ravi.sends(path).status_code == 403
    assert len(skus()) == 6


def test_a_product_is_deleted_in_the_browser(page):
    page.goto("/products/tea")
    page.get_by_role("button", name="Delete Tea").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    page.get_by_text("Tea is deleted.").wait_for()
    assert page.locator("#product-tea").count() == 0
