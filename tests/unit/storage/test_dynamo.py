"""What is done about silence, crowds and conflicts; the rest is in tests/contracts."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from solde.domain.errors import StoreUnavailableError
from solde.storage.dynamo import ATTEMPTS, DynamoTable
from solde.storage.table import ConditionFailedError, Delete, Key, NoItem, Put

KEY = Key("A#1", "B#1")
STORED = {"pk": {"S": "A#1"}, "sk": {"S": "B#1"}}
ITEM = {"pk": "A#1", "sk": "B#1"}
SILENCE = EndpointConnectionError(endpoint_url="https://dynamodb.test")


def error(code: str, *reasons: str) -> ClientError:
    cancelled = [{"Code": reason} for reason in reasons]
    return ClientError({"Error": {"Code": code}, "CancellationReasons": cancelled}, "Call")


CONFLICT = error("TransactionCanceledException", "None", "TransactionConflict")
CROWD = error("ThrottlingException")


class Client:
    """Answers one after the other, as told; every method is the one call that is made."""

    def __init__(self, *answers) -> None:
        self.answers, self.calls = list(answers), []

    def __getattr__(self, _name):
        def answer(**call):
            self.calls.append(call)
            found = self.answers.pop(0)
            if isinstance(found, Exception):
                raise found
            return found

        return answer


def made(*answers) -> tuple[DynamoTable, Client, list[int]]:
    client, paused = Client(*answers), []
    tokens = iter("abc")
    table = DynamoTable(client, "t", pause=paused.append, token=lambda: next(tokens))
    return table, client, paused


def test_a_transaction_is_repeated_under_its_first_token() -> None:
    table, client, paused = made(CONFLICT, CROWD, {})
    table.write(Put(ITEM), Delete(Key("A#1", "B#2")))
    assert [call["ClientRequestToken"] for call in client.calls] == ["a", "a", "a"]
    assert paused == [0, 1, 2]


def test_a_single_write_is_a_plain_call() -> None:
    table, client, _ = made({})
    table.write(Put(ITEM))
    assert client.calls == [{"TableName": "t", "Item": STORED}]


def test_conflicts_that_do_not_end_are_a_fault_to_be_repeated() -> None:
    table, client, _ = made(*[CONFLICT] * ATTEMPTS)
    with pytest.raises(StoreUnavailableError, match="6 attempts met conflicts"):
        table.write(Put(ITEM), Delete(Key("A#1", "B#2")))
    assert len(client.calls) == 6


def test_a_refusal_is_told_and_not_repeated() -> None:
    table, client, _ = made(error("ConditionalCheckFailedException"))
    with pytest.raises(ConditionFailedError):
        table.write(Put(ITEM, (NoItem(),)))
    assert len(client.calls) == 1


@pytest.mark.parametrize("wrong", [error("ValidationException"), error("AccessDeniedException")])
def test_what_no_repeat_helps_is_raised_as_it_is(wrong) -> None:
    table, client, _ = made(wrong, wrong)
    with pytest.raises(ClientError):
        table.write(Put(ITEM))
    with pytest.raises(ClientError):
        table.get(KEY)
    assert len(client.calls) == 2


@pytest.mark.parametrize("trouble", [SILENCE, CROWD])
def test_reads_that_get_no_answer_say_so(trouble) -> None:
    table, _, _ = made(trouble, trouble, trouble)
    for read in (
        lambda: table.get(KEY),
        lambda: table.get_many([KEY]),
        lambda: list(table.query("A#1")),
    ):
        with pytest.raises(StoreUnavailableError):
            read()


def test_a_write_without_an_answer_may_have_been_done() -> None:
    table, client, _ = made(SILENCE)
    with pytest.raises(StoreUnavailableError, match="no answer"):
        table.write(Put(ITEM))
    assert len(client.calls) == 1  # the SDK has repeated it


def read(*items, left=()) -> dict:
    unread = {"t": {"Keys": list(left)}} if left else {}
    return {"Responses": {"t": list(items)}, "UnprocessedKeys": unread}


def test_keys_that_were_left_are_asked_for_again() -> None:
    table, client, paused = made(read(left=[STORED]), read(STORED))
    assert table.get_many([KEY, KEY]) == {KEY: ITEM}
    assert [call["RequestItems"]["t"]["Keys"] for call in client.calls] == [[STORED], [STORED]]
    assert paused == [1, 0]


def test_keys_that_are_always_left_are_a_fault() -> None:
    table, _, _ = made(*[read(left=[STORED])] * ATTEMPTS)
    with pytest.raises(StoreUnavailableError, match="1 keys not read"):
        table.get_many([KEY])


def test_pages_are_read_to_the_end_and_no_further_than_asked() -> None:
    first = {"Items": [STORED], "LastEvaluatedKey": STORED}
    table, client, _ = made(first, {"Items": [STORED]})
    assert len(list(table.query("A#1"))) == 2
    assert client.calls[1]["ExclusiveStartKey"] == STORED
    table, client, _ = made(first)
    assert len(list(table.query("A#1", limit=1))) == 1
    assert [call["Limit"] for call in client.calls] == [1]


def test_a_query_reads_its_first_page_at_once_and_the_next_when_it_is_asked_for() -> None:
    table, client, _ = made({"Items": [STORED], "LastEvaluatedKey": STORED}, {"Items": []})
    found = table.query("A#1")
    assert len(client.calls) == 1
    assert next(found) == ITEM
    assert len(client.calls) == 1
    assert list(found) == []
    assert len(client.calls) == 2
    assert list(table.query("A#1", limit=0)) == []


def test_what_is_prepared_is_sent_when_it_is_called_and_is_never_nothing() -> None:
    table, client, _ = made({})
    act = table.prepared(Put(ITEM))
    assert client.calls == []
    act()
    assert client.calls == [{"TableName": "t", "Item": STORED}]
    with pytest.raises(ValueError, match="expected one write, at most 100, found 0"):
        table.prepared()


class Shards:
    """An index of two entries a partition; whole, or found to be larger."""

    def __init__(self, *, whole: bool) -> None:
        self.calls: list[str] = []
        self.last = {} if whole else {"LastEvaluatedKey": {"pk": {"S": "D#9"}}}

    def scan(self, **call):
        self.calls.append("scan")
        assert call == {"TableName": "t", "IndexName": "due", "Limit": 400}
        every = [self.entry(f"D#{shard}", sk) for sk in ("3", "2", "1") for shard in range(9)]
        return {"Items": every, **self.last}

    def query(self, **call):
        self.calls.append(shard := call["ExpressionAttributeValues"][":0"]["S"])
        if shard == "D#5":
            raise CROWD
        return {"Items": [self.entry(shard, sk) for sk in ("1", "2")]}

    def entry(self, shard: str, sk: str):
        said = {"pk": shard, "sk": sk, "due_pk": shard, "due_sk": sk}
        return {name: {"S": value} for name, value in said.items()}


ASKED = ["D#3", "D#0", "D#1", "D#4", "D#2"]
DUE_UNTIL_2 = [Key(f"D#{shard}", sk) for shard in (3, 0, 1, 4, 2) for sk in ("1", "2")]


def test_a_small_index_is_read_whole_and_answers_in_the_order_of_partitions() -> None:
    client = Shards(whole=True)
    table = DynamoTable(client, "t", pause=lambda _: None, token=str)
    assert table.due_in(ASKED, "2") == DUE_UNTIL_2
    assert table.due_in([], "2") == []
    assert client.calls == ["scan"]


def test_partitions_that_are_asked_at_once_answer_in_their_order() -> None:
    client = Shards(whole=False)
    table = DynamoTable(client, "t", pause=lambda _: None, token=str)
    assert table.due_in(ASKED, "2") == DUE_UNTIL_2
    assert (client.calls[0], sorted(client.calls[1:])) == ("scan", sorted(ASKED))
    assert table.due_in(ASKED, "2") == DUE_UNTIL_2
    assert client.calls.count("scan") == 1  # it was found to be large
    with pytest.raises(StoreUnavailableError, match="not read"):
        table.due_in(["D#3", "D#5"], "2")
