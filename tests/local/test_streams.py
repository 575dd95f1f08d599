"""A reader that had come far is at the beginning of the empty stream of a new process."""

from types import SimpleNamespace

from local.runtime.streams import read_on


def test_positions_are_those_of_an_empty_stream() -> None:
    kept = SimpleNamespace(_data={})
    functions = SimpleNamespace(_dynamodb_stream_positions=kept, _restore_state=kept._data.update)
    read_on(functions)
    functions._restore_state({("0", "eu-west-1", "announce"): 2_981})
    assert kept._data == {("0", "eu-west-1", "announce"): 0}
