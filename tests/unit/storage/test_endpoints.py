"""Endpoints as stored: read back as they were, changed by one at a time, two secrets kept."""

from dataclasses import replace

from solde.domain.endpoints import Endpoint
from solde.ports.records import first
from solde.storage import sending_keys
from solde.storage.endpoints import EndpointTable
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW, LATER = at("2013-01-10T08:00:00"), at("2013-01-10T09:00:00")
ONE = Endpoint("whe_1", "https://erp.example.com/hooks", ("invoice.paid",), "the ledger")


def stored() -> EndpointTable:
    table = EndpointTable(ModelTable())
    assert table.put(ONE, first(NOW, {"team": "finance"}), "whsec_a")
    return table


def test_an_endpoint_is_read_back_as_it_was_made_and_made_once() -> None:
    table = stored()
    assert table.all() == [(ONE, first(NOW, {"team": "finance"}))]
    assert not table.put(replace(ONE, description="another"), first(LATER, {}), "whsec_b")
    assert table.find("whe_1")[0] == ONE
    assert table.find("whe_2") is None


def test_a_change_is_written_where_nobody_was_faster() -> None:
    table = stored()
    failing = replace(ONE, failing_since=LATER)
    assert table.change(ONE, failing, LATER)
    assert not table.change(ONE, replace(ONE, ended="410: gone"), LATER)
    found, record = table.find("whe_1")
    assert (found, record.version, record.updated_at) == (failing, 2, LATER)
    assert record.created_at == NOW
    assert not table.change(replace(ONE, id="whe_2"), ONE, LATER)


def test_calls_are_signed_with_the_newest_secret_and_the_one_before() -> None:
    table = stored()
    table.roll("whe_1", "whsec_b")
    table.roll("whe_1", "whsec_c")
    assert table.secrets("whe_1") == ["whsec_c", "whsec_b"]


def test_secrets_do_not_lie_where_endpoints_are_listed() -> None:
    model = ModelTable()
    EndpointTable(model).put(ONE, first(NOW, {}), "whsec_a")
    listed = [item for key, item in model.items.items() if key.pk == sending_keys.ENDPOINTS]
    assert len(listed) == 1
    assert "whsec_a" not in str(listed)
