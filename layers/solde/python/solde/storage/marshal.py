"""Items to DynamoDB's attribute values and back: whole numbers are int, others Decimal."""

from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from solde.storage.table import Item


class _Whole(TypeDeserializer):
    def _deserialize_n(self, value: str) -> int | Decimal:
        return int(value) if value.lstrip("-").isdigit() else Decimal(value)

    def _deserialize_b(self, value: bytes) -> bytes:
        return value


_SERIALIZER = TypeSerializer()
_DESERIALIZER = _Whole()


def marshal(value: object) -> Any:  # noqa: ANN401 - the SDK's own shape
    """Return the attribute value; floats are refused by the SDK's serializer."""
    return _SERIALIZER.serialize(value)


def marshal_item(item: Item) -> dict[str, Any]:
    return {name: _SERIALIZER.serialize(value) for name, value in item.items()}


def unmarshal_item(item: dict[str, Any]) -> Item:
    return {name: _DESERIALIZER.deserialize(value) for name, value in item.items()}
