"""What DynamoDB refuses."""

from bench.stub.dynamo.values import Item


class ValidationError(Exception):
    """The call makes no sense to DynamoDB: a ValidationException."""


class RefusedError(Exception):
    """The condition of a single write did not hold for what is stored."""

    def __init__(self, stored: Item) -> None:
        super().__init__("The conditional request failed")
        self.stored = stored


class CancelledError(Exception):
    """A transaction was cancelled: one reason for each of its writes."""

    def __init__(self, reasons: list[dict[str, object]]) -> None:
        codes = ", ".join(str(reason["Code"]) for reason in reasons)
        super().__init__(f"Transaction cancelled, specific reasons [{codes}]")
        self.reasons = reasons
