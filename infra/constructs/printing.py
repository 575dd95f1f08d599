"""Paper: each day it is listed what is printed, and a queue makes the files part by part."""

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import grants
from infra.constructs.bus_route import route
from infra.constructs.function import Shared, python_function
from infra.constructs.queue_consumer import consume, queue

GATHER_SECONDS = 900
BUNDLE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Printing:
    gather: lambda_.Function
    dead: sqs.Queue


def printing(
    scope: Construct,
    *,
    shared: Shared,
    binds: Shared,
    table: dynamodb.Table,
    archive: s3.Bucket,
    bus: events.EventBus,
) -> Printing:
    items = [grants.read_items(table), grants.write_items(table)]
    gather = python_function(
        scope,
        "print_documents.gather",
        shared=shared,
        may=[
            *items,
            grants.read_objects(archive, "print"),
            # The list of a day is looked for before it is written.
            grants.list_objects(archive),
            grants.write_objects(archive, "print"),
        ],
        timeout=GATHER_SECONDS,
        memory=1024,
    )
    asked = queue(scope, "print-documents", worker_timeout=BUNDLE_SECONDS)
    bundle = python_function(
        scope,
        "print_documents.bundle",
        shared=binds,
        may=[
            *items,
            grants.read_objects(archive, "packs", "documents", "print"),
            grants.list_objects(archive),
            grants.write_objects(archive, "print"),
        ],
        timeout=BUNDLE_SECONDS,
        memory=1769,
    )
    consume(bundle, asked, batch=1, concurrency=4)
    route(scope, "print-asked", bus=bus, detail="print.asked", to=asked)
    return Printing(gather, asked.dead)
