"""Documents: a byte that changed, a pack that is gone, a draft that was not the approved one."""

from dataclasses import replace

from solde.ports.audit import Stored
from solde.workflows.verify.documents import documents_proved
from tests.support.seller import Seller


def test_sound_documents_are_all_read(seller: Seller, stored: Stored) -> None:
    found = documents_proved(stored, seller.objects)
    assert [one.code for one in found] == ["I3", "I4", "I36"]
    assert [one.counted for one in found[:2]] == [5, 5]
    assert [one.violations for one in found] == [(), (), ()]


def test_bytes_that_changed_are_told_once_and_read_no_further(seller, stored) -> None:
    header = stored.headers[0]
    body = seller.objects.bodies[header.place.key]
    start, end = header.place.offset, header.place.offset + header.place.length
    spoilt = body[start:end].replace(b'"net":', b'"net" ', 1)
    seller.objects.bodies[header.place.key] = body[:start] + spoilt + body[end:]
    unchanged, sums, _ = documents_proved(stored, seller.objects)
    said = f"{header.number}: bytes do not fit their digest {header.sha256}"
    assert (unchanged.violations, sums.violations) == ((said,), ())


def test_a_pack_that_is_gone_is_a_document_that_changed(seller: Seller, stored: Stored) -> None:
    header = stored.headers[0]
    del seller.objects.bodies[header.place.key]
    said = documents_proved(stored, seller.objects)[0].violations
    assert f"{header.number}: bytes do not fit their digest {header.sha256}" in said


def test_a_document_that_nobody_approved_is_told(seller: Seller, stored: Stored) -> None:
    header = stored.headers[0]
    stored.headers[0] = replace(header, draft_digest="0" * 64)
    (said,) = documents_proved(stored, seller.objects)[0].violations
    assert said.startswith(f"{header.number}: approved draft: expected {'0' * 64}, found ")


def test_a_total_that_the_list_shows_wrong_is_told(seller: Seller, stored: Stored) -> None:
    header = stored.headers[0]
    stored.headers[0] = replace(header, gross_minor=1)
    said = documents_proved(stored, seller.objects)[1].violations
    assert f"{header.number}: total shown: expected {header.gross_minor}, found 1" in said
