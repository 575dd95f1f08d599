"""What AWS bills for what was counted: list prices of us-east-1, without any free tier."""

from decimal import Decimal

from bench.stub.counters import Counters

MILLION = Decimal(1_000_000)
WRITE_UNIT = Decimal("0.625") / MILLION
READ_UNIT = Decimal("0.125") / MILLION
S3_WRITE = Decimal("5.00") / MILLION
"""PUT and LIST."""
S3_READ = Decimal("0.40") / MILLION
TRANSITION = Decimal("25.00") / MILLION
SQS_REQUEST = Decimal("0.40") / MILLION
BUS_EVENT = Decimal("1.00") / MILLION
API_REQUEST = Decimal("1.00") / MILLION
INVOCATION = Decimal("0.20") / MILLION
GB_SECOND = Decimal("0.0000133334")
"""Lambda on arm64."""
CORE_GB = Decimal("1.769")
"""Memory that comes with a whole core: CPU time costs the same however it is divided."""
CALL_SECONDS = Decimal("0.006")
"""What a function waits for an answer of AWS, at the memory of `WAITING_GB`."""
WAITING_GB = Decimal(1)


def table(counted: Counters) -> Decimal:
    return counted.write_unit_total * WRITE_UNIT + counted.read_unit_total * READ_UNIT


def objects(counted: Counters) -> Decimal:
    calls = counted.calls
    writes = calls["s3.PutObject"] + calls["s3.ListObjectsV2"]
    reads = calls["s3.GetObject"] + calls["s3.HeadObject"]
    return writes * S3_WRITE + reads * S3_READ


def compute(cpu_ns: int, counted: Counters, invocations: int) -> Decimal:
    """Lambda: the CPU time measured here, the waiting for each call, and each invocation."""
    seconds = Decimal(cpu_ns) / 1_000_000_000
    waiting = counted.calls.total() * CALL_SECONDS
    return (
        seconds * CORE_GB * GB_SECOND
        + waiting * WAITING_GB * GB_SECOND
        + (invocations * INVOCATION)
    )
