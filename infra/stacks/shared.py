"""What every stack of functions starts from."""

from dataclasses import replace

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_logs as logs

from infra.constructs.function import Shared
from infra.constructs.layers import common_layers, document_layers, payment_layers, print_layers
from infra.settings import Settings
from infra.stacks.state import StateStack

RETENTION = {
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    90: logs.RetentionDays.THREE_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
}


def shared(stack: Stack, state: StateStack, settings: Settings) -> Shared:
    """Return what all functions of a stack share."""
    environment = {
        "STAGE": settings.stage,
        "TABLE_NAME": state.table.table_name,
        "ARCHIVE_BUCKET": state.archive.bucket_name,
        "USAGE_BUCKET": state.usage.bucket_name,
        "BUS_NAME": state.bus.event_bus_name,
        "MAIL_FROM": settings.mail_from,
    }
    named = {
        "ARCHIVE_LOCK": settings.lock if state.locked else "",
        "DROP_BUCKET": settings.drop_bucket,
        "DROP_KEY": settings.drop_key,
    }
    environment |= {name: value for name, value in named.items() if value}
    return Shared(
        common_layers(stack, release=settings.release),
        environment,
        RETENTION[settings.log_days],
        settings.prefix,
    )


def for_documents(stack: Stack, common: Shared, settings: Settings) -> Shared:
    """Return what those functions share that make documents, pages and mails."""
    return replace(
        common,
        layers=[*common.layers, *document_layers(stack, release=settings.release)],
        environment={**common.environment, "TEMPLATES_DIR": "/opt/templates"},
    )


def with_payments(stack: Stack, common: Shared, settings: Settings) -> Shared:
    """Return what those functions share that prove or ask payment providers."""
    return replace(
        common, layers=[*common.layers, *payment_layers(stack, release=settings.release)]
    )


def for_print(stack: Stack, common: Shared, settings: Settings) -> Shared:
    """Return what those functions share that bind documents for paper."""
    return replace(common, layers=[*common.layers, *print_layers(stack, release=settings.release)])


def log_group(stack: Stack, name: str, settings: Settings) -> logs.LogGroup:
    return logs.LogGroup(
        stack,
        name,
        retention=RETENTION[settings.log_days],
        removal_policy=RemovalPolicy.DESTROY,
    )
