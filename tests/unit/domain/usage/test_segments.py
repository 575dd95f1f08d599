from array import array
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.usage.segments import (
    Entry,
    columns,
    entries_of,
    entry_of,
    prefix,
    prefixes_of,
    rest,
)

ONE = Entry("00112233445566778899aabbccddeeff", date(2026, 1, 31), "0123456789abcdef", 70_000)


def test_an_entry_in_bytes():
    # tail of the identity, 20,484 days since 1970, digest, place 70,000 = 0x11170
    assert rest(ONE).hex() == "8899aabbccddeeff" + "5004" + "0123456789abcdef" + "00011170"
    assert prefix(ONE.identity) == 0x0011223344556677
    assert entry_of(prefix(ONE.identity), rest(ONE)) == ONE


def test_the_columns_are_sorted_and_big_endian():
    other = ONE._replace(identity="0000000000000001" + "0" * 16, place=1)
    first, second = columns(
        array("Q", [prefix(ONE.identity), prefix(other.identity)]), rest(ONE) + rest(other)
    )
    assert first.hex() == "0000000000000001" + "0011223344556677"
    assert second == rest(other) + rest(ONE)


entries = st.builds(
    Entry,
    identity=st.binary(min_size=16, max_size=16).map(bytes.hex),
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2149, 1, 1)),
    digest=st.binary(min_size=8, max_size=8).map(bytes.hex),
    place=st.integers(0, 2**32 - 1),
)


@given(st.lists(entries, unique_by=lambda one: one.identity, max_size=40))
def test_every_entry_is_found_again(found):
    first, second = columns(
        array("Q", [prefix(one.identity) for one in found]), b"".join(map(rest, found))
    )
    prefixes = prefixes_of(first)
    assert list(prefixes) == sorted(prefixes)
    for one in found:
        assert one in list(entries_of(prefixes, second, prefix(one.identity)))
    assert list(entries_of(prefixes, second, 12345)) == []
