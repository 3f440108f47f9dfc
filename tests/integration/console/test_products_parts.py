"""What products are made of: choices, categories, pictures."""

import io
import struct
import zlib

import pytest
from PIL import Image
from sqlalchemy import select, text

from shop.products.editing import attaching
from storage.engine import session
from storage.models import Category, KeptPicture, Option, OptionGroup, Product, WorkflowTemplate
from tests import browser


def sizes(**changes):
    fields = {
        "name": "Size", "rule": "one", "row": ["0", "1", "2"], "product": ["coffee", "tea"],
        "name.0": "Small", "price.0": "0", "aliases.0": "chota", "usual.0": "yes",
        "available.0": "yes", "name.1": "Large", "price.1": "1,050.50", "available.1": "yes",
    }  # fmt: skip
    return {**fields, **changes}


def group():
    with session() as opened:
        found = opened.scalars(select(OptionGroup)).one()
        opened.expunge(found)
        return found


def options():
    with session() as opened:
        found = opened.scalars(select(Option).order_by(Option.position)).all()
        opened.expunge_all()
        return found


def test_a_choice_comes_with_several_products(asha):
    assert asha.sends("/products/options", **sizes()).headers["Location"] == "/products/options"
    size = group()
    assert (size.name, size.minimum, size.maximum) == ("Size", 1, 1)
    small, large = options()
    assert (small.name, small.aliases, small.is_default) == ("Small", ["chota"], True)
    assert (large.name, str(large.price), large.is_default) == ("Large", "1050.50", False)
    with session() as opened:
        assert attaching.skus_by_group(opened) == {size.id: ["coffee", "tea"]}
    page = asha.sees("/products/options")
    assert "one must be chosen" in page
    assert "Comes with Coffee, Tea." in page
    assert "Small, Large" in asha.sees("/products/coffee")


def test_options_keep_their_ids_when_they_are_changed_and_moved(asha):
    asha.sends("/products/options", **sizes())
    size, (small, large) = group(), options()
    ids = {"id.0": str(small.id), "id.1": str(large.id)}
    path = f"/products/options/{size.id}"
    moved = asha.sends(path, **sizes(**ids, down="0"))
    assert moved.status_code == 200
    assert moved.text.index('value="Large"') < moved.text.index('value="Small"')
    assert [option.name for option in options()] == ["Small", "Large"]
    changed = sizes(**{
        "id.0": str(large.id), "name.0": "Extra large", "id.1": str(small.id), "name.1": "",
        "price.1": "", "usual.0": "yes", "rule": "several", "several_maximum": "2",
        "product": "juice",
    })  # fmt: skip
    asha.sends(path, **changed)
    (left,) = options()
    assert (left.id, left.name) == (large.id, "Extra large")
    with session() as opened:
        assert attaching.skus_by_group(opened) == {size.id: ["juice"]}
    assert (group().minimum, group().maximum) == (0, 2)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": ""}, "name", "1 to 40 characters"),
        ({"price.1": "12,50"}, "option.1.price", "A price in rupees"),
        ({"name.1": "small"}, "option.1.name", "stands here twice"),
        ({"name.1": "x" * 25}, "option.1.name", "24 characters at most"),
        ({"usual.1": "yes"}, "rule", "2 options are marked as usual"),
        ({"rule": ""}, "rule", "How many? Choose one of these."),
        ({"rule": "other", "minimum": "3", "maximum": "3"}, "rule", "only 2 options"),
        ({"rule": "several", "several_maximum": "0"}, "rule", "The most is 1 or more"),
        ({"name.0": "", "name.1": "", "price.1": ""}, "options", "at least one option"),
    ],
)
def test_what_makes_no_sense_is_shown_where_it_stands(asha, changes, field, said):
    answer = asha.sends("/products/options", **sizes(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="wrong-{field}"' in answer.text
    assert 'value="chota"' in answer.text
    assert 'value="coffee" checked' in answer.text
    assert not options()


def test_two_choices_are_never_called_the_same(asha):
    asha.sends("/products/options", **sizes())
    assert (
        "There is a choice “size” already"
        in asha.sends("/products/options", **sizes(name="size")).text
    )


def test_a_product_chooses_its_choices_in_its_own_form(asha):
    asha.sends("/products/options", **sizes(product="tea"))
    key = str(group().id)
    fields = {"name": "Coffee", "price": "120", "category": "Beverages", "groups": "yes"}
    asha.sends("/products/coffee", **fields, group=key)
    with session() as opened:
        assert attaching.groups_of(opened, "coffee") == [int(key)]
    asha.sends("/products/coffee", **fields)
    with session() as opened:
        assert attaching.groups_of(opened, "coffee") == []
        assert attaching.groups_of(opened, "tea") == [int(key)]


def test_a_choice_is_deleted_with_its_options(asha):
    asha.sends("/products/options", **sizes())
    asha.sends(f"/products/options/{group().id}/delete")
    assert not options()
    assert "No choices yet" in asha.sees("/products/options")


def test_an_owner_makes_a_choice_in_the_browser(page):
    page.goto("/products/options")
    page.get_by_role("link", name="New choice").click()
    page.get_by_label("What is chosen").fill("Milk")
    page.get_by_label("One or none").check()
    page.get_by_label("Name: option 1").fill("Oat")
    page.get_by_label("Adds ₹: option 1").fill("30")
    page.get_by_label("Name: option 2").fill("Soy")
    page.get_by_role("button", name="More rows").click()
    page.get_by_label("Name: option 5").wait_for()
    page.get_by_label("Coffee").check()
    page.get_by_label("Name: option 2").press("Enter")
    page.get_by_text("Milk: saved.").wait_for()
    assert [option.name for option in options()] == ["Oat", "Soy"]
    assert group().maximum == 1


def categories():
    with session() as opened:
        found = opened.scalars(select(Category).order_by(Category.position)).all()
        opened.expunge_all()
        return found


def rows(**changes):
    fields = {}
    for one in categories():
        fields |= {f"{one.id}.name": one.name, f"{one.id}.name.hi": ""}
    return {**fields, "new.name": "", "new.name.hi": "", **changes}


def test_categories_are_renamed_everywhere(asha):
    first = categories()[0]
    fields = rows(**{f"{first.id}.name": "Drinks", f"{first.id}.name.hi": "पेय"})
    assert asha.sends("/products/categories", **fields).status_code == 303
    renamed = categories()[0]
    assert (renamed.id, renamed.name) == (first.id, "Drinks")
    assert renamed.translations == {"hi": {"name": "पेय"}}
    with session() as opened:
        named = opened.scalars(select(Product.category).where(Product.sku == "coffee")).one()
        menus = select(WorkflowTemplate.menu_structure)
        catalogue = opened.scalars(
            menus.where(WorkflowTemplate.template_name == "product_catalog")
        ).one()
    assert named == "Drinks"
    assert [section["title"] for section in catalogue["action"]["sections"]] == ["Drinks", "Snacks"]


def test_categories_are_made_moved_and_deleted_when_empty(asha):
    asha.sends("/products/categories", **rows(**{"new.name": "Desserts", "new.name.hi": "मिठाई"}))
    beverages, _, desserts = categories()
    assert desserts.translations == {"hi": {"name": "मिठाई"}}
    asha.sends("/products/categories", **rows(up=str(desserts.id)))
    assert [one.name for one in categories()] == ["Beverages", "Desserts", "Snacks"]
    refused = asha.sends("/products/categories", **rows(delete=str(beverages.id)))
    assert refused.status_code == 422
    assert "Products are in this category" in refused.text
    asha.sends("/products/categories", **rows(delete=str(desserts.id)))
    assert [one.name for one in categories()] == ["Beverages", "Snacks"]


def test_wrong_names_of_categories_are_marked_and_nothing_is_saved(asha):
    first, second = categories()
    fields = rows(**{f"{first.id}.name": "Drinks", f"{second.id}.name": "x" * 25})
    answer = asha.sends("/products/categories", **fields)
    assert answer.status_code == 422
    assert f'id="wrong-{second.id}-name"' in answer.text
    assert 'value="Drinks"' in answer.text
    twice = asha.sends("/products/categories", **rows(**{"new.name": "Snacks"}))
    assert "There is a category “Snacks” already" in twice.text
    assert [one.name for one in categories()] == ["Beverages", "Snacks"]


def picture(kind="JPEG", mode="RGB", size=(40, 30)):
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode != "I;16" else None).save(made, kind)
    return made.getvalue()


def upload(worker, content, sku="coffee"):
    return worker.http.post(
        f"{worker.console}/products/{sku}/picture",
        data={"csrf": worker.csrf()},
        files={"picture": ("फोटो.jpg", content)},
        allow_redirects=False,
    )


def kept():
    with session() as opened:
        return dict(opened.execute(select(KeptPicture.name, KeptPicture.media_type)).all())


def image_of(sku):
    with session() as opened:
        return opened.scalar(select(Product.image).where(Product.sku == sku))


def test_a_picture_is_kept_and_shown(asha, ravi):
    content = picture()
    assert upload(asha, content).headers["Location"] == "/products/coffee"
    name = image_of("coffee")
    assert kept() == {name: "image/jpeg"}
    for worker in (asha, ravi):
        assert f'src="/products/pictures/{name}"' in worker.sees("/products")
        shown = worker.gets(f"/products/pictures/{name}")
        assert shown.content == content
        assert shown.headers["Content-Type"] == "image/jpeg"
        assert "immutable" in shown.headers["Cache-Control"]


def test_a_picture_that_nobody_shows_any_more_is_dropped(asha):
    upload(asha, picture("PNG"))
    upload(asha, picture("PNG"), "tea")
    shared = image_of("coffee")
    assert image_of("tea") == shared
    upload(asha, picture(size=(50, 50)))
    assert len(kept()) == 2
    asha.sends("/products/tea/delete")
    assert shared in kept()  # as long as the product can be brought back
    with session() as opened:
        opened.execute(text("UPDATE audit_log SET at = at - interval '8 days'"))
    asha.sends("/products/juice/delete")
    assert shared not in kept()
    asha.sends("/products/coffee/picture/drop")
    assert image_of("coffee") is None
    assert kept() == {}


def too_deep():
    """A PNG of 16 bits a colour."""
    header = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    body = struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a picture first"),
        (b"GIF89a", "no JPEG or PNG"),
        (b"<svg onload=alert(1)>", "no JPEG or PNG"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (picture(mode="CMYK"), "made for print"),
        (too_deep(), "more than 8 bits"),
        (picture() + b"\0" * 5_000_000, "more than 5 MB"),
    ],
    ids=["nothing", "gif", "svg", "damaged", "cmyk", "deep", "large"],
)
def test_what_whatsapp_would_not_take_is_refused(asha, content, said):
    answer = upload(asha, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert kept() == {}


def test_only_owners_change_pictures(ravi):
    assert upload(ravi, picture()).status_code == 403


def test_a_large_photo_is_made_smaller_in_the_browser(page):
    page.goto("/products/coffee")
    photo = {
        "name": "photo.png",
        "mimeType": "image/png",
        "buffer": picture("PNG", size=(3000, 2000)),
    }
    page.get_by_label("A picture of it").set_input_files(photo)
    chosen = page.locator("[data-shrink]")
    browser.wait_until(chosen, "field => field.files[0].type === 'image/jpeg'")
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("The picture is saved.").wait_for()
    with session() as opened:
        content = opened.scalar(select(KeptPicture.content))
    assert Image.open(io.BytesIO(content)).size == (1600, 1067)
    page.goto("/products")
    shown = page.locator("#product-coffee .thumb")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600


def test_a_row_is_dragged(page):
    page.goto("/products")
    page.locator("#product-juice").drag_to(
        page.locator("#product-coffee"), target_position={"x": 40, "y": 4}
    )
    page.locator("#product-juice + #product-coffee").wait_for()
    with session() as opened:
        order = opened.scalars(
            text("SELECT sku FROM products WHERE category = 'Beverages' ORDER BY position").columns(
                Product.sku
            )
        ).all()
    assert order == ["juice", "coffee", "tea"]
