"""Finds the product that a URL names."""

from console.refusals import NotFound
from console.request_context import RequestContext
from shop.products.editing import product_editing
from storage.models import Product


def find_product_of(desk: RequestContext) -> Product:
    """The product that the request's URL names.

    Raises:
        NotFound: there is no such product.
    """
    product = product_editing.find_product(desk.session, desk.path("sku"))
    if product is None:
        raise NotFound("product")
    return product
