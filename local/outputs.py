"""What the deployed stacks put out: the names that tests, the demo and the clock work with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from local.assembly import Stack
from local.clients import client
from local.errors import LocalCloudError
from local.places import Places

HANDLER = ("functions.", ".lambda_handler")


class NotRunningError(LocalCloudError):
    """No local cloud was ever started here; the message says how to."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """
    `functions` by handler (`bill_run.plan`) → name; `queues` by construct (`send-mail`) → URL.

    `port` is where the cloud answered when it was last deployed.
    """

    port: int
    api_id: str
    api_url: str
    table: str
    archive: str
    usage: str
    bus: str
    stripe_secret: str
    bill_run: str
    functions: Mapping[str, str]
    queues: Mapping[str, str]

    @classmethod
    def gathered(
        cls, stacks: Iterable[Stack], values: Mapping[str, str], places: Places
    ) -> "Outputs":
        functions: dict[str, str] = {}
        queues: dict[str, str] = {}
        for stack in stacks:
            ids = physical_ids(stack.name, places)
            for name, resource in stack.template["Resources"].items():
                if resource["Type"] == "AWS::Lambda::Function":
                    handler = resource["Properties"]["Handler"]
                    functions[handler.removeprefix(HANDLER[0]).removesuffix(HANDLER[1])] = ids[name]
                if resource["Type"] == "AWS::SQS::Queue":
                    queues[stack.constructs[name]] = ids[name]
        return cls(
            port=places.port,
            api_id=values["ApiId"],
            api_url=values["ApiUrl"],
            table=values["TableName"],
            archive=values["ArchiveBucket"],
            usage=values["UsageBucket"],
            bus=values["BusName"],
            stripe_secret=values["StripeSecret"],
            bill_run=values["BillRunArn"],
            functions=functions,
            queues=queues,
        )

    @classmethod
    def read(cls, places: Places) -> "Outputs":
        """
        Return the outputs of the cloud that was last deployed here.

        Raises:
            NotRunningError: none ever was.

        """
        if not places.outputs.exists():
            raise NotRunningError("no local cloud has been started here: run `solde up` first")
        return cls(**json.loads(places.outputs.read_text()))

    def save(self, places: Places) -> None:
        places.outputs.write_text(json.dumps(asdict(self), indent=1))


def physical_ids(stack: str, places: Places) -> dict[str, str]:
    """Return what the resources of a stack are called in the cloud, by logical id."""
    pages = client("cloudformation", places).get_paginator("list_stack_resources")
    return {
        one["LogicalResourceId"]: one["PhysicalResourceId"]
        for page in pages.paginate(StackName=stack)
        for one in page["StackResourceSummaries"]
    }
