"""What must never be lost: the table, the buckets, the bus, the secrets. Ids are frozen."""

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.settings import Settings

USED_BY_SERVICES = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:CreateGrant",
    "kms:DescribeKey",
)
DAYS_OF_A_YEAR = 366
"""So that ten years hold every leap day."""
LISTED = ("kind", "status", "name", "number", "total", "currency", "issued_on", "due_on", "email")


def retention(lock: str, years: int) -> s3.ObjectLockRetention | None:
    """
    Return how long what is archived cannot be deleted, counted from its writing.

    Raises:
        ValueError: the mode is none that S3 knows.

    """
    modes = {
        "governance": s3.ObjectLockRetention.governance,
        "compliance": s3.ObjectLockRetention.compliance,
    }
    if lock == "none":
        return None
    if lock not in modes:
        raise ValueError(f"context lock: expected none, {' or '.join(modes)}, found {lock!r}")
    return modes[lock](Duration.days(DAYS_OF_A_YEAR * years))


class StateStack(Stack):
    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name, termination_protection=settings.stage == "live")
        self.key = self._key() if settings.own_key else None
        self.table = self._table()
        logs = self._bucket("access-logs", logs=None, expire_days=settings.log_days)
        self._retention = retention(settings.lock, settings.lock_years)
        self.locked = self._retention is not None
        self.archive = self._bucket("archive", logs=logs, locked=True)
        self.usage = self._bucket("usage", logs=logs)
        self.bus = events.EventBus(self, "bus", event_bus_name=settings.prefix)
        self.stripe_secret = secretsmanager.Secret(
            self,
            "stripe",
            description="Stripe: signing secrets of the endpoint, and the key of its API",
        )
        self.mail_arns = self._mail(settings.mail_from, settings.prefix)
        for output, value in {
            "TableName": self.table.table_name,
            "ArchiveBucket": self.archive.bucket_name,
            "UsageBucket": self.usage.bucket_name,
            "BusName": self.bus.event_bus_name,
            "StripeSecret": self.stripe_secret.secret_arn,
        }.items():
            CfnOutput(self, output, value=value)

    def _mail(self, sender: str, name: str) -> list[str]:
        """Make the sender and its settings; return their ARNs, which say who may be sent from."""
        kept = ses.ConfigurationSet(
            self, "mail-settings", configuration_set_name=name, reputation_metrics=True
        )
        ses.EmailIdentity(self, "mail", identity=ses.Identity.email(sender), configuration_set=kept)
        return [
            self.format_arn(service="ses", resource=kind, resource_name=one)
            for kind, one in (("identity", sender), ("configuration-set", name))
        ]

    def _key(self) -> kms.Key:
        """
        Make a key that the table and the buckets use for whoever may use them.

        It asks for no grant of its own, as the keys that AWS manages do: what a role may read is
        said once, by the statements on tables and objects.
        """
        key = kms.Key(
            self,
            "key",
            enable_key_rotation=True,
            pending_window=Duration.days(30),
            removal_policy=RemovalPolicy.RETAIN,
        )
        through = [f"{service}.{self.region}.amazonaws.com" for service in ("dynamodb", "s3")]
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=list(USED_BY_SERVICES),
                resources=["*"],
                conditions={
                    "StringEquals": {"kms:CallerAccount": self.account, "kms:ViaService": through}
                },
            )
        )
        return key

    def _table(self) -> dynamodb.Table:
        text = dynamodb.AttributeType.STRING
        table = dynamodb.Table(
            self,
            "table",
            partition_key=dynamodb.Attribute(name="pk", type=text),
            sort_key=dynamodb.Attribute(name="sk", type=text),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=True,
            time_to_live_attribute="expires_at",
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED if self.key else None,
            encryption_key=self.key,
            removal_policy=RemovalPolicy.RETAIN,
        )
        table.add_global_secondary_index(
            index_name="due",
            partition_key=dynamodb.Attribute(name="due_pk", type=text),
            sort_key=dynamodb.Attribute(name="due_sk", type=text),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        table.add_global_secondary_index(
            index_name="list",
            partition_key=dynamodb.Attribute(name="list_pk", type=text),
            sort_key=dynamodb.Attribute(name="list_sk", type=text),
            projection_type=dynamodb.ProjectionType.INCLUDE,
            non_key_attributes=list(LISTED),
        )
        return table

    def _bucket(
        self,
        name: str,
        *,
        logs: s3.Bucket | None,
        locked: bool = False,
        expire_days: int | None = None,
    ) -> s3.Bucket:
        managed = s3.BucketEncryption.KMS if self.key else s3.BucketEncryption.S3_MANAGED
        return s3.Bucket(
            self,
            name,
            versioned=True,
            object_lock_enabled=locked,
            object_lock_default_retention=self._retention if locked else None,
            enforce_ssl=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=managed if logs else s3.BucketEncryption.S3_MANAGED,
            encryption_key=self.key if logs else None,
            bucket_key_enabled=True if self.key and logs else None,
            server_access_logs_bucket=logs,
            server_access_logs_prefix=f"{name}/" if logs else None,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="expire",
                    expiration=Duration.days(expire_days) if expire_days else None,
                    noncurrent_version_expiration=Duration.days(30),
                )
            ]
            if not locked
            else None,
            removal_policy=RemovalPolicy.RETAIN,
        )
