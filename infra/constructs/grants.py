"""What functions may do, in the trade's words: narrow statements, written once."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk.aws_dynamodb import Table
from aws_cdk.aws_s3 import Bucket

from infra.constructs.function import allow

READ_ITEMS = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
WRITE_ITEMS = (
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
)


def read_items(table: Table) -> iam.PolicyStatement:
    return allow(READ_ITEMS, table.table_arn, f"{table.table_arn}/index/*")


def write_items(table: Table) -> iam.PolicyStatement:
    return allow(WRITE_ITEMS, table.table_arn)


def scan_items(table: Table) -> iam.PolicyStatement:
    return allow(("dynamodb:Scan",), table.table_arn)


def scan_due(table: Table) -> iam.PolicyStatement:
    """Let a function read what is due on any day; of each item that is its key."""
    return allow(("dynamodb:Scan",), f"{table.table_arn}/index/due")


def read_clock(table: Table) -> iam.PolicyStatement:
    """Let a function that no message tells the time look up the business clock, and no more."""
    return iam.PolicyStatement(
        actions=["dynamodb:GetItem"],
        resources=[table.table_arn],
        conditions={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["CLOCK#0"]}},
    )


def read_objects(bucket: Bucket, *prefixes: str) -> iam.PolicyStatement:
    return allow(("s3:GetObject",), *(f"{bucket.bucket_arn}/{one}/*" for one in prefixes))


def write_objects(bucket: Bucket, *prefixes: str, locked: bool = False) -> iam.PolicyStatement:
    """Let a function write objects, and where they are `locked` say for how long each is."""
    actions = ("s3:PutObject", "s3:PutObjectRetention") if locked else ("s3:PutObject",)
    return allow(actions, *(f"{bucket.bucket_arn}/{one}/*" for one in prefixes))


def list_objects(bucket: Bucket) -> iam.PolicyStatement:
    """Let a function list, or look for what may not be there: S3 answers 403 for 404 else."""
    return allow(("s3:ListBucket",), bucket.bucket_arn)


def send_mail(senders: Sequence[str]) -> iam.PolicyStatement:
    """
    Let a function send from one address, by one configuration set: the ARNs of both.

    A mail that is handed over as bytes asks for the right of its own.
    """
    return allow(("ses:SendEmail", "ses:SendRawEmail"), *senders)


def drop_objects(stack: Stack, bucket: str, key: str) -> list[iam.PolicyStatement]:
    """Let a function put objects into a named bucket of the seller's, and read what it has put."""
    if not bucket:
        return []
    objects = f"arn:{stack.partition}:s3:::{bucket}/*"
    may = [allow(("s3:PutObject", "s3:GetObject"), objects)]
    if key:
        may.append(allow(("kms:GenerateDataKey", "kms:Decrypt"), key))
    return may
