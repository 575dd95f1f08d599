"""The CDK app: the only description of the infrastructure. `python -m infra.app` synthesises it."""

import os

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from infra.settings import settings
from infra.stacks.billing import BillingStack
from infra.stacks.money import MoneyStack
from infra.stacks.operations import OperationsStack, Watched
from infra.stacks.state import StateStack
from infra.stacks.usage import UsageStack
from infra.stacks.web import WebStack


def build(app: App) -> App:
    """Put the stacks into an app, from what must never be lost to what only watches."""
    chosen = settings(app.node)
    state = StateStack(app, f"{chosen.prefix}-state", settings=chosen)
    usage = UsageStack(app, f"{chosen.prefix}-usage", settings=chosen, state=state)
    web = WebStack(app, f"{chosen.prefix}-web", settings=chosen, state=state, usage=usage)
    both = {"settings": chosen, "state": state, "web": web, "missed": usage.missed}
    billing = BillingStack(app, f"{chosen.prefix}-billing", **both)
    money = MoneyStack(app, f"{chosen.prefix}-money", **both)
    OperationsStack(
        app,
        f"{chosen.prefix}-operations",
        settings=chosen,
        watched=Watched(
            machine=billing.machine,
            dead=[*usage.dead, *billing.dead, *money.dead],
            daily={**usage.daily, **billing.daily, **money.daily},
            webhook=web.webhook,
            events=usage.events.queue,
            api=web.api,
            kept=[state.table.table_arn, state.archive.bucket_arn, state.usage.bucket_arn],
        ),
    )
    return app


if __name__ == "__main__":
    app = build(App(outdir=os.environ.get("CDK_OUTDIR")))
    if os.environ.get("SOLDE_CHECK") == "1":
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()
