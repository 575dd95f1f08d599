"""What every stack of functions starts from."""

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_logs as logs

from infra.constructs.function import Shared
from infra.constructs.layers import Layers, layers
from infra.settings import Settings
from infra.stacks.state import StateStack

RETENTION = {
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    90: logs.RetentionDays.THREE_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
}


def shared(stack: Stack, state: StateStack, settings: Settings) -> tuple[Shared, Shared]:
    """Return what common functions share, and what those that make documents share."""
    found: Layers = layers(stack, release=settings.release)
    environment = {
        "STAGE": settings.stage,
        "TABLE_NAME": state.table.table_name,
        "ARCHIVE_BUCKET": state.archive.bucket_name,
        "USAGE_BUCKET": state.usage.bucket_name,
        "BUS_NAME": state.bus.event_bus_name,
        "MAIL_FROM": settings.mail_from,
        "POWERTOOLS_SERVICE_NAME": "solde",
        "POWERTOOLS_METRICS_NAMESPACE": "solde",
    }
    retention = RETENTION[settings.log_days]
    common = Shared(found.common, environment, retention, settings.prefix)
    documents = Shared(
        found.documents,
        {**environment, "TEMPLATES_DIR": "/opt/templates"},
        retention,
        settings.prefix,
    )
    return common, documents


def log_group(stack: Stack, name: str, settings: Settings) -> logs.LogGroup:
    return logs.LogGroup(
        stack,
        name,
        retention=RETENTION[settings.log_days],
        removal_policy=RemovalPolicy.DESTROY,
    )
