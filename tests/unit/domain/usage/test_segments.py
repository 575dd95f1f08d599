from array import array
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.usage.segments import (
    Columns,
    Entry,
    entries_of,
    entry_of,
    order_span,
    prefix,
    prefixes_of,
    rest_spans,
)

ONE = Entry("00112233445566778899aabbccddeeff", date(2026, 1, 31), "0123456789abcdef", 70_000)


def packed(*found: Entry) -> tuple[bytes, bytes]:
    columns = Columns()
    for one in found:
        columns.add(one)
    return columns.packed()


def test_an_entry_in_bytes():
    # number 0, the rest of the identity and the digest, 20,484 days since 1970, place 0x11170
    first, rests = packed(ONE)
    assert first.hex() == "0011223344556677"
    assert rests.hex() == "00000000" + "8899aabbccddeeff0123456789abcdef" + "5004" + "00011170"
    assert entry_of(prefix(ONE.identity), rests[4:20], rests[20:22], rests[22:]) == ONE


def test_the_first_column_is_sorted_and_the_others_stand_as_they_came():
    other = ONE._replace(identity="0000000000000001" + "0" * 16, place=1, day=date(2026, 2, 1))
    first, rests = packed(ONE, other)
    assert first.hex() == "0000000000000001" + "0011223344556677"
    assert rests[:8].hex() == "00000001" + "00000000"
    assert rests[40:].hex() == "5004" + "5005" + "00011170" + "00000001"
    assert order_span(1) == (4, 4)
    spans = rest_spans(0, 2)
    assert spans == ((8, 16), (40, 2), (44, 4))
    assert [rests[at : at + length].hex() for at, length in spans] == [
        *("8899aabbccddeeff0123456789abcdef", "5004", "00011170"),
    ]


entries = st.builds(
    Entry,
    identity=st.binary(min_size=16, max_size=16).map(bytes.hex),
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2149, 1, 1)),
    digest=st.binary(min_size=8, max_size=8).map(bytes.hex),
    place=st.integers(0, 2**32 - 1),
)


@given(st.lists(entries, unique_by=lambda one: one.identity, max_size=40))
def test_every_entry_is_found_again(found):
    first, rests = packed(*found)
    prefixes = prefixes_of(first)
    assert list(prefixes) == sorted(prefixes)
    for one in found:
        assert one in list(entries_of(prefixes, rests, prefix(one.identity)))
    assert list(entries_of(array("Q"), b"", 12345)) == []


def test_identities_that_begin_alike_are_told_apart():
    twin = ONE._replace(identity=ONE.identity[:16] + "f" * 16, place=9)
    first, rests = packed(twin, ONE)
    assert set(entries_of(prefixes_of(first), rests, prefix(ONE.identity))) == {ONE, twin}
