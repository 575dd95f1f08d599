"""Names of what a person says of a transfer: one for each time."""

from solde.domain.banking.rounds import assigned_name, is_transfer, reference_of, undone_name

ONE = "btx_" + "0" * 26


def test_each_time_has_a_name_of_its_own() -> None:
    assert [reference_of(ONE, n) for n in (1, 2)] == [ONE, f"{ONE}.2"]
    assert assigned_name(ONE, 1) == f"asg_{'0' * 26}_1"
    assert undone_name(ONE, 2) == f"und_{'0' * 26}_2"


def test_what_a_person_says_is_no_transfer() -> None:
    assert is_transfer(ONE)
    assert not is_transfer(assigned_name(ONE, 1))
