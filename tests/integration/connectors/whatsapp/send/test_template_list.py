"""The sender's process lists the templates; without Meta's answer what is known stays."""

from connectors.whatsapp.send.maintenance import refresh_account_state
from shop.alerts.account_state import read_account_state
from shop.whatsapp.notice_templates import read_templates
from storage.engine import session as transaction
from tests.integration.doctor.conftest import meta, running_meta

__all__ = ["meta", "running_meta"]


def known():
    with transaction() as opened:
        return [(one.name, one.parameters, one.status) for one in read_templates(opened)]


def test_templates_are_kept_as_meta_has_them(meta, engine):
    both = [("hello_world", 0, "APPROVED"), ("order_news", 2, "APPROVED")]
    assert refresh_account_state(meta.settings())
    assert known() == both
    for trouble in ({"token_is_valid": False}, {"rights": []}):
        meta.has(**({"token_is_valid": True} | trouble))
        assert not refresh_account_state(meta.settings())
        assert known() == both
    meta.control("POST", "/reset")
    assert refresh_account_state(meta.settings())
    assert known() == both[:1]


def test_quality_and_the_tokens_end_are_kept_for_the_alerts(meta, engine):
    ours = meta.settings()
    meta.has(quality_rating="RED", token_expires_at=1_900_000_000)
    assert refresh_account_state(ours)
    with transaction() as opened:
        state = read_account_state(opened, ours.whatsapp_phone_number_id)
        assert state.quality == "RED"
        assert state.token_expires_at.timestamp() == 1_900_000_000
