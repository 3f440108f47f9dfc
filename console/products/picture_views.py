"""Views to upload, show and remove pictures of products."""

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.products.finding import find_product_of
from console.products.product_form import show_product
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.products import pictures
from shop.products.pictures import UnfitPicture

# The form holds the token and the names of the fields beside the picture.
_LARGEST_UPLOAD = pictures.MOST_BYTES + 100_000
# The picture's URL contains a hash of its content, so it never changes.
_FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}


def show_picture(desk: RequestContext) -> Response:
    """The file of the picture."""
    kept = pictures.find_picture(desk.session, desk.path("name"))
    if kept is None:
        raise NotFound("picture")
    return Response(kept.content, media_type=kept.media_type, headers=_FOR_EVER)


def keep_picture_view(desk: RequestContext) -> Response:
    """Stores the uploaded picture of a product."""
    product, content = find_product_of(desk), desk.form.file("picture")
    if not content:
        return show_product(desk, "Choose a picture first.")
    try:
        pictures.keep_picture(desk.session, product, content)
    except UnfitPicture as unfit:
        return show_product(desk, str(unfit))
    desk.record("changed the picture", product.sku)
    return desk.go(f"/products/{product.sku}", "The picture is saved.")


def drop_picture_view(desk: RequestContext) -> Response:
    """Removes the product's picture."""
    product = find_product_of(desk)
    pictures.drop_picture(desk.session, product)
    desk.record("removed the picture", product.sku)
    return desk.go(f"/products/{product.sku}", "The picture is gone.")


ROUTES = [
    Route("/products/pictures/{name}", staff_page(show_picture), methods=["GET"]),
    Route(
        "/products/{sku}/picture",
        staff_change(keep_picture_view, "owner"),
        methods=["POST"],
        max_body_size=_LARGEST_UPLOAD,
    ),
    Route(
        "/products/{sku}/picture/drop", staff_change(drop_picture_view, "owner"), methods=["POST"]
    ),
]
