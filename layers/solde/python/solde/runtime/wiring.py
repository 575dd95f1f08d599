"""
Clients and stores of a process, made when they are first needed and then kept.

Each is imported when it is made: a cold start pays for what its function uses, and no more.
"""

import gc
import os
import random
import time
import uuid
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from solde.adapters.objects_s3 import S3Objects
from solde.runtime.consumed import metered
from solde.runtime.settings import settings
from solde.storage.dynamo import DynamoTable

if TYPE_CHECKING:
    from solde.adapters.bus import EventBus
    from solde.adapters.engine import StepFunctions
    from solde.storage.adjustments import AdjustmentTable
    from solde.storage.billing import BillingTable
    from solde.storage.books import BookTable
    from solde.storage.catalog import CatalogStore
    from solde.storage.coupons import CouponTable
    from solde.storage.credits import CreditTable
    from solde.storage.customers import CustomerTable
    from solde.storage.dunning import DunningTable
    from solde.storage.entities import EntityTable
    from solde.storage.gifts import GiftTable
    from solde.storage.invoice_plans import InvoicePlanTable
    from solde.storage.late_charges import LateTable
    from solde.storage.losses import LossTable
    from solde.storage.meters import MeterTable
    from solde.storage.outbox import OutboxTable
    from solde.storage.pro_formas import ProFormaTable
    from solde.storage.refills import RefillTable
    from solde.storage.refunds import RefundTable
    from solde.storage.regimes import RegimeTable
    from solde.storage.runs import RunTable
    from solde.storage.singles import SingleTable
    from solde.storage.subscription_store import SubscriptionTable
    from solde.storage.usage import UsageTable
    from solde.storage.wallets import WalletTable

PAUSE_MS_MAX = 2_000
NEW_OBJECTS = 200_000
"""
How many new objects the collector of circles waits for. A call makes many and leaves few circles:
at Python's own 700 a tenth of a bill run goes into looking for them, at 20,000 a twelfth. A
chunk of 500 customers holds about as many while it is planned or issued.
"""
CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 4},
    s3={"addressing_style": "path"},
    parameter_validation=False,  # a few lines of ours make all calls, and the bench counts them
    user_agent=f"Boto3/{boto3.__version__} solde",  # else made anew each call: a third of its time
)


@cache
def client(service: str) -> Any:  # noqa: ANN401 - made at run time by boto3
    gc.set_threshold(NEW_OBJECTS)
    make: Any = boto3.client
    return metered(make(service, region_name=os.environ.get("AWS_REGION"), config=CONFIG))


def pause(attempt: int) -> None:
    """Wait before a repeat: full jitter, doubling from 50 ms."""
    if attempt:
        most = min(PAUSE_MS_MAX, 25 * 2**attempt)
        time.sleep(random.randint(0, most) / 1000)  # noqa: S311 - jitter is no secret


def token() -> str:
    """Name one transaction, whatever becomes of its replies."""
    return str(uuid.uuid4())


@cache
def table() -> DynamoTable:
    return DynamoTable(client("dynamodb"), settings.table, pause=pause, token=token)


@cache
def archive() -> S3Objects:
    return S3Objects(client("s3"), settings.archive, lock=settings.archive_lock)


@cache
def usage_objects() -> S3Objects:
    return S3Objects(client("s3"), settings.usage)


@cache
def billing() -> "BillingTable":
    from solde.storage.billing import BillingTable

    return BillingTable(table())


@cache
def runs() -> "RunTable":
    from solde.storage.runs import RunTable

    return RunTable(table())


@cache
def entities() -> "EntityTable":
    from solde.storage.entities import EntityTable

    return EntityTable(table())


@cache
def regimes() -> "RegimeTable":
    from solde.storage.regimes import RegimeTable

    return RegimeTable(table())


@cache
def catalogs() -> "CatalogStore":
    from solde.storage.catalog import CatalogStore

    return CatalogStore(table())


@cache
def dunning() -> "DunningTable":
    from solde.storage.dunning import DunningTable

    return DunningTable(table())


@cache
def outbox() -> "OutboxTable":
    from solde.storage.outbox import OutboxTable

    return OutboxTable(table())


@cache
def bus() -> "EventBus":
    from solde.adapters.bus import EventBus

    return EventBus(client("events"), settings.bus)


@cache
def engine() -> "StepFunctions":
    from solde.adapters.engine import StepFunctions

    return StepFunctions(client("stepfunctions"), settings.bill_run)


@cache
def customers() -> "CustomerTable":
    from solde.storage.customers import CustomerTable

    return CustomerTable(table())


@cache
def discounts() -> "CouponTable":
    from solde.storage.coupons import CouponTable

    return CouponTable(table())


@cache
def books() -> "BookTable":
    from solde.storage.books import BookTable

    return BookTable(table())


@cache
def invoice_plans() -> "InvoicePlanTable":
    from solde.storage.invoice_plans import InvoicePlanTable

    return InvoicePlanTable(table())


@cache
def pro_formas() -> "ProFormaTable":
    from solde.storage.pro_formas import ProFormaTable

    return ProFormaTable(table())


@cache
def adjustments() -> "AdjustmentTable":
    from solde.storage.adjustments import AdjustmentTable

    return AdjustmentTable(table())


@cache
def late_charges() -> "LateTable":
    from solde.storage.late_charges import LateTable

    return LateTable(table())


@cache
def losses() -> "LossTable":
    from solde.storage.losses import LossTable

    return LossTable(table())


@cache
def credits_of() -> "CreditTable":
    from solde.storage.credits import CreditTable

    return CreditTable(table())


@cache
def refunds() -> "RefundTable":
    from solde.storage.refunds import RefundTable

    return RefundTable(table())


@cache
def singles() -> "SingleTable":
    from solde.storage.singles import SingleTable

    return SingleTable(table())


@cache
def subscriptions() -> "SubscriptionTable":
    from solde.storage.subscription_store import SubscriptionTable

    return SubscriptionTable(table())


@cache
def measured() -> "UsageTable":
    from solde.storage.usage import UsageTable

    return UsageTable(table(), usage_objects())


@cache
def meters() -> "MeterTable":
    from solde.storage.meters import MeterTable

    return MeterTable(table())


@cache
def gifts() -> "GiftTable":
    from solde.storage.gifts import GiftTable

    return GiftTable(table())


@cache
def refills() -> "RefillTable":
    from solde.storage.refills import RefillTable

    return RefillTable(table())


@cache
def wallets() -> "WalletTable":
    from solde.storage.wallets import WalletTable

    return WalletTable(table())
