"""Whether secrets hold what they are for, and the key is there; no secret is ever shown."""

from collections.abc import Iterator

from local.doctor.account import described
from local.doctor.finding import Clients, Found, Wanted

STRIPE_SECRET = "whsec_"  # noqa: S105 - how Stripe's signing secrets begin, not one of them


def stripe(clients: Clients, wanted: Wanted) -> Iterator[Found]:
    stack = described(clients, f"{wanted.prefix}-state")
    outputs = {one["OutputKey"]: one["OutputValue"] for one in (stack or {}).get("Outputs", [])}
    if "StripeSecret" not in outputs:
        yield Found("Stripe secret", "not there", "deploy the state stack")
        return
    manager = clients("secretsmanager")
    text = manager.get_secret_value(SecretId=outputs["StripeSecret"])["SecretString"]
    put = STRIPE_SECRET in text
    yield Found(
        "Stripe secret",
        "put in" if put else "still the generated one: every delivery is refused",
        "" if put else "put the endpoint's signing secret (whsec_…) into it",
    )


def own_key(clients: Clients, wanted: Wanted) -> Iterator[Found]:
    """Look whether the deployment has the key that its setting says, and that it turns."""
    if not wanted.own_key:
        yield Found("key", "AWS's own keys: own_key is false")
        return
    pages = clients("cloudformation").get_paginator("list_stack_resources")
    found = [
        one["PhysicalResourceId"]
        for page in pages.paginate(StackName=f"{wanted.prefix}-state")
        for one in page["StackResourceSummaries"]
        if one["ResourceType"] == "AWS::KMS::Key"
    ]
    if not found:
        yield Found("key", "not there", "deploy the state stack with -c own_key=true")
        return
    state = clients("kms").describe_key(KeyId=found[0])["KeyMetadata"]["KeyState"]
    well = state == "Enabled"
    yield Found("key", state.lower(), "" if well else "enable the key: nothing can be read")
