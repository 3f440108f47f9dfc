"""The sender's process lists the templates; without Meta's answer what is known stays."""

from connectors.whatsapp.send.maintenance import list_templates
from shop.whatsapp.notice_templates import read_templates
from storage.engine import session as transaction
from tests.integration.doctor.conftest import meta, running_meta

__all__ = ["meta", "running_meta"]


def known():
    with transaction() as opened:
        return [(one.name, one.parameters, one.status) for one in read_templates(opened)]


def test_templates_are_kept_as_meta_has_them(meta, engine):
    both = [("hello_world", 0, "APPROVED"), ("order_news", 2, "APPROVED")]
    assert list_templates(meta.settings())
    assert known() == both
    for trouble in ({"token_is_valid": False}, {"rights": []}):
        meta.has(**({"token_is_valid": True} | trouble))
        assert not list_templates(meta.settings())
        assert known() == both
    meta.control("POST", "/reset")
    assert list_templates(meta.settings())
    assert known() == both[:1]
