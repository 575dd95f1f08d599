"""The list of a day: written once, cut by number and by size."""

from types import SimpleNamespace

import pytest

from solde.ports.printing import Paper
from solde.workflows.print_documents import gather


def paper(number: int, size: int) -> Paper:
    pdf = SimpleNamespace(place=SimpleNamespace(length=size))
    header = SimpleNamespace(id=f"inv_{number}", documents={"pdf": pdf})
    return Paper(f"dlv_{number}", header, SimpleNamespace(id=f"cus_{number}"))


@pytest.mark.parametrize(
    ("sizes", "lengths"),
    [
        # At most three documents or 100 bytes; one that is larger by itself has a file of its own.
        ([10, 10, 10, 10], [3, 1]),
        ([60, 40, 1], [2, 1]),
        ([60, 41], [1, 1]),
        ([500, 1], [1, 1]),
        ([], []),
    ],
)
def test_a_day_is_cut_where_a_file_has_enough(monkeypatch, sizes, lengths) -> None:
    monkeypatch.setattr(gather, "PART_DOCUMENTS", 3)
    monkeypatch.setattr(gather, "PART_BYTES", 100)
    parts = gather._split([paper(place, size) for place, size in enumerate(sizes)])
    assert [len(part) for part in parts] == lengths
    flat = [one for part in parts for one in part]
    assert flat == [(f"cus_{place}", f"inv_{place}", f"dlv_{place}") for place in range(len(sizes))]
