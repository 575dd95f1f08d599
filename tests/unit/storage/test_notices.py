"""What customers say is kept once, and closed once, each with its announcement."""

from datetime import UTC, date, datetime

from solde.domain.dunning import PROMISE, QUESTION, Notice
from solde.storage.notices import NoticeTable
from tests.support.model_table import ModelTable

AT = datetime(2013, 6, 1, 12, tzinfo=UTC)
ASKED = Notice("ntc_1", "cus_1", "inv_1", QUESTION, AT, "why?")
PROMISED = Notice("ntc_2", "cus_1", "inv_1", PROMISE, AT, pays_on=date(2013, 6, 9))


def test_a_notice_is_kept_and_closed_once() -> None:
    table = ModelTable()
    notices = NoticeTable(table)
    assert [notices.tell(one) for one in (ASKED, PROMISED, ASKED)] == [True, True, False]
    assert notices.of("cus_1", "inv_1") == [ASKED, PROMISED]
    assert notices.of("cus_1", "inv_2") == []
    assert [notices.close(ASKED, AT), notices.close(ASKED, AT)] == [True, False]
    assert [one.closed_at for one in notices.of("cus_1", "inv_1")] == [AT, None]
    told = sorted(one["type"] for one in table.items.values() if "type" in one)
    assert told == ["invoice.notice_closed", "invoice.promised", "invoice.questioned"]
