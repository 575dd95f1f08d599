"""The archive: one byte that changed, one document that is gone, one that nobody registered."""

import pytest

from solde.ports.audit import Stored
from solde.storage.audit import AuditTable
from solde.storage.documents import DocumentTable
from solde.workflows.render_documents import RenderContext, Rendering
from solde.workflows.verify.archive import archive_checked, held, registered
from tests.support.seller import Seller, at


@pytest.fixture
def kept(seller: Seller) -> Stored:
    """The sound deployment, with a page and a paper of each document."""
    documents = DocumentTable(seller.table, seller.objects)
    forms = {"html": b"<p>page</p>", "pdf": b"%PDF of it"}
    rendering = Rendering(RenderContext(documents, seller.objects, lambda _closed, _url: forms))
    for header in AuditTable(seller.table).stored().headers:
        rendering.add(header.customer_id, header.id)
    rendering.store(at("2013-08-01T08:00:00"))
    return AuditTable(seller.table).stored()


def checked(seller: Seller, kept: Stored) -> list[str]:
    return list(archive_checked(held(kept), registered(kept), seller.objects))


def spoil(seller: Seller, key: str, offset: int) -> None:
    """Change one byte of an object."""
    body = bytearray(seller.objects.bodies[key])
    body[offset] ^= 1
    seller.objects.bodies[key] = bytes(body)


def test_a_sound_archive_has_every_form_looked_at(seller, kept) -> None:
    seen: list[int] = []
    assert list(archive_checked(held(kept), registered(kept), seller.objects, seen.append)) == []
    documents = list(held(kept))
    assert sum(seen) == sum(len(one.places) for one in documents) >= 3 * len(documents)
    assert {one.form for one in documents[0].places} >= {"json", "html", "pdf"}


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_one_changed_byte_names_the_document_and_its_form(seller, kept, form) -> None:
    one = next(held(kept))
    place = next(place for place in one.places if place.form == form)
    spoil(seller, place.key, place.offset + place.length - 1)
    said = f"{one.number} {form}: differs from its digest {place.sha256}: {place.key}"
    assert checked(seller, kept) == [said]


def test_one_object_that_is_gone_names_all_that_lay_in_it(seller, kept) -> None:
    one = next(held(kept))
    place = next(place for place in one.places if place.form == "pdf")
    lay = [
        f"{each.number} {it.form}: missing: {place.key}"
        for each in held(kept)
        for it in each.places
        if it.key == place.key
    ]
    del seller.objects.bodies[place.key]
    assert sorted(checked(seller, kept)) == sorted(lay)
    assert f"{one.number} pdf: missing: {place.key}" in lay


def test_what_is_there_and_was_never_registered_is_named(seller, kept) -> None:
    place = next(held(kept)).places[0]
    end = len(seller.objects.bodies[place.key])
    seller.objects.bodies[place.key] += b'{"extra":1}\n'
    seller.objects.bodies["documents/extra.pack"] = b"%PDF"
    assert sorted(checked(seller, kept)) == sorted(
        [
            "documents/extra.pack: not registered: no document lies there",
            f"{place.key}: not registered: bytes {end - 1} to {end + 12}",
        ]
    )


def test_the_register_and_the_documents_name_each_other(seller, kept) -> None:
    gone = kept.headers.pop(0)
    found = checked(seller, kept)
    assert f"{gone.number}: missing: no document" in found
    numbers = registered(kept) - {kept.headers[0].number}
    found = list(archive_checked(held(kept), numbers, seller.objects))
    assert f"{kept.headers[0].number}: not registered" in found
