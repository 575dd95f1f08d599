"""The table in DynamoDB: a low-level client, conditions, transactions, bounded retries."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - theirs

from solde.domain.errors import StoreUnavailableError
from solde.storage.calls import VERBS, call_of, key_of, passes, refused_in
from solde.storage.expressions import Expression, range_of
from solde.storage.marshal import unmarshal_item
from solde.storage.sizes import check_sizes
from solde.storage.table import Check, ConditionFailedError, Delete, Item, Key, Put, Update, Write

Client = Any
"""A low-level boto3 client: its methods are made at run time."""
Page = dict[str, Any]

TRANSACTION_WRITES = 100
BATCH_READS = 100
ASKED_AT_ONCE = 4
"""Partitions of an index; nearly all answer at once that nothing is there."""
WHOLE_INDEX = 400
"""Entries of an index that are read in one go: they cost no more than to ask 16 partitions."""
ATTEMPTS = 6
ALONE = {Put: "put_item", Update: "update_item", Delete: "delete_item"}
SILENCE = (HTTPClientError, ConnectionError)
"""No answer: the SDK has repeated the call, and whether it was done is not known."""


class DynamoTable:
    """
    The port over one table.

    `pause(n)` waits before attempt n (full jitter lives there, with its chance and clock);
    `token()` names a transaction, so that one whose reply was lost is not done twice. A single
    conditional write has no such name: if its reply is lost, the SDK repeats it and it is refused
    by what it has itself written. Callers compare what is stored with what they wanted.
    """

    def __init__(
        self,
        client: Client,
        name: str,
        *,
        pause: Callable[[int], None],
        token: Callable[[], str],
    ) -> None:
        self._client = client
        self._name = name
        self._pause = pause
        self._token = token
        self._crowded = False

    def get(self, key: Key) -> Item | None:
        call = {"TableName": self._name, "Key": key_of(key), "ConsistentRead": True}
        answer = _answer(self._client.get_item, call)
        return unmarshal_item(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Collection[Key]) -> dict[Key, Item]:
        found = {}
        waiting = [key_of(key) for key in dict.fromkeys(keys)]
        attempt = 0
        while waiting:
            now, waiting = waiting[:BATCH_READS], waiting[BATCH_READS:]
            wanted = {self._name: {"Keys": now, "ConsistentRead": True}}
            answer = _answer(self._client.batch_get_item, {"RequestItems": wanted})
            for item in map(unmarshal_item, answer["Responses"].get(self._name, ())):
                found[Key(item["pk"], item["sk"])] = item
            left = answer.get("UnprocessedKeys", {}).get(self._name, {}).get("Keys", [])
            attempt = attempt + 1 if len(left) == len(now) else 0
            if attempt == ATTEMPTS:
                raise StoreUnavailableError(f"table {self._name}: {len(left)} keys not read")
            self._pause(attempt)
            waiting += left
        return found

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        call: dict[str, Any] = {
            **range_of(pk, first, last),
            "ConsistentRead": True,
            "ScanIndexForward": not backwards,
        }
        return self._pages(call, limit)

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        said = Expression()
        call = {
            "IndexName": "due",
            "KeyConditionExpression": said.partition("due_pk", due_pk)
            + said.between("due_sk", "", until),
            **said.arguments(),
        }
        for item in self._pages(call, None):
            yield Key(item["pk"], item["sk"])

    def due_in(self, shards: Sequence[str], until: str) -> list[Key]:
        """
        Read an index that is small as a whole, and of a large one the partitions.

        Once it was found to be large, this process does not try again.
        """
        entries = None if self._crowded or not shards else self._few_entries()
        if entries is None:
            return self._due_of_each(shards, until)
        place = {due_pk: number for number, due_pk in enumerate(shards)}
        found = [
            (place[one["due_pk"]], one["due_sk"], Key(one["pk"], one["sk"]))
            for one in entries
            if one["due_pk"] in place and one["due_sk"] <= until
        ]
        return [key for _, _, key in sorted(found)]

    def _few_entries(self) -> list[Item] | None:
        """Return what is due on any day, by one call; None where that is too much."""
        page = self._page(self._client.scan, {"IndexName": "due"}, WHOLE_INDEX)
        self._crowded = "LastEvaluatedKey" in page
        return None if self._crowded else list(map(unmarshal_item, page["Items"]))

    def _due_of_each(self, shards: Sequence[str], until: str) -> list[Key]:
        def asked(due_pk: str) -> list[Key]:
            return list(self.due(due_pk, until))

        with ThreadPoolExecutor(ASKED_AT_ONCE) as together:
            return [key for found in together.map(asked, shards) for key in found]

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        said = Expression()
        wanted = said.partition("list_pk", list_pk)
        if below is not None:
            wanted += f" AND {said.name('list_sk')} < {said.value(below)}"
        call = {
            "IndexName": "list",
            "KeyConditionExpression": wanted,
            "ScanIndexForward": False,
            **said.arguments(),
        }
        return list(self._pages(call, limit))

    def scan(self) -> Iterator[Item]:
        """Read the whole table, a page at a time: for audits, never for decisions."""
        yield from self._pages({"ConsistentRead": True}, None, self._client.scan)

    def write(self, *writes: Write) -> None:
        if writes:
            self.prepared(*writes)()

    def prepared(self, *writes: Write) -> Callable[[], None]:
        if not 1 <= len(writes) <= TRANSACTION_WRITES:
            raise ValueError(
                f"expected one write, at most {TRANSACTION_WRITES}, found {len(writes)}"
            )
        calls = [call_of(self._name, write) for write in writes]
        check_sizes(calls)
        if len(writes) == 1 and not isinstance(writes[0], Check):
            return partial(self._send, getattr(self._client, ALONE[type(writes[0])]), calls[0])
        items = [{VERBS[type(write)]: call} for write, call in zip(writes, calls, strict=True)]
        named = {"TransactItems": items, "ClientRequestToken": self._token()}
        return partial(self._send, self._client.transact_write_items, named)

    def _send(self, act: Callable[..., Any], call: dict[str, Any]) -> None:
        """Write under the same token until it is done or refused, a bounded number of times."""
        for attempt in range(ATTEMPTS):
            self._pause(attempt)
            try:
                act(**call)
            except SILENCE as lost:
                raise StoreUnavailableError(f"no answer: {lost}") from lost
            except ClientError as error:
                if refused := refused_in(error):
                    raise ConditionFailedError(refused) from error
                if not passes(error):
                    raise
            else:
                return
        raise StoreUnavailableError(f"table {self._name}: {ATTEMPTS} attempts met conflicts")

    def _pages(
        self, call: dict[str, Any], limit: int | None, read: Callable[..., Any] | None = None
    ) -> Iterator[Item]:
        """Read the first page at once; its items, and further pages, when they are asked for."""
        if limit is not None and limit <= 0:
            return iter(())
        act = read or self._client.query
        return self._items(self._page(act, call, limit), call, limit, act)

    def _items(
        self, page: Page, call: dict[str, Any], left: int | None, act: Callable[..., Page]
    ) -> Iterator[Item]:
        while True:
            yield from map(unmarshal_item, page["Items"])
            if left is not None:
                left -= len(page["Items"])
            if "LastEvaluatedKey" not in page or left == 0:
                return
            call["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            page = self._page(act, call, left)

    def _page(self, act: Callable[..., Page], call: dict[str, Any], most: int | None) -> Page:
        if most is not None:
            call["Limit"] = most
        page: Page = _answer(act, {"TableName": self._name, **call})
        return page


def _answer(read: Callable[..., Any], call: dict[str, Any]) -> Any:  # noqa: ANN401 - the SDK's
    try:
        return read(**call)
    except SILENCE as lost:
        raise StoreUnavailableError(f"no answer: {lost}") from lost
    except ClientError as error:
        if passes(error):
            raise StoreUnavailableError(f"not read: {error}") from error
        raise
