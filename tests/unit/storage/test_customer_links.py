"""Links to a customer's own pages are known by the digest of their token, until taken back."""

from datetime import date

import pytest

from solde.domain.invoicing.customer_links import CustomerLink
from solde.storage.customer_links import CustomerLinkTable
from solde.storage.table import ConditionFailedError
from tests.support.model_table import ModelTable

LINK = CustomerLink("lnk_1", "cus_1", date(2013, 6, 1), date(2013, 7, 1), "Mme Martin")


def test_a_link_is_found_by_its_token_and_taken_back() -> None:
    links = CustomerLinkTable(ModelTable())
    links.make(LINK, "digest", 9)
    with pytest.raises(ConditionFailedError):
        links.make(LINK, "digest", 9)
    assert (links.opened("digest"), links.opened("other")) == (LINK, None)
    links.revoke(LINK)
    found = links.opened("digest")
    assert found is not None
    assert found.revoked
    assert links.of("cus_1") == [found]
