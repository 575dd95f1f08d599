"""Backups beside point-in-time recovery: copies that outlive the table and the buckets."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_backup as backup
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from constructs import Construct

KEPT_DAYS = 90
SURE_DAYS = 30
"""So long nobody can delete a copy, whoever asks: the vault is locked."""
WEEKLY = "cron(0 5 ? * SUN *)"
POLICIES = (
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "AWSBackupServiceRolePolicyForS3Backup",
)


def weekly_backup(scope: Construct, resources: Sequence[str]) -> backup.BackupPlan:
    """Copy what the ARNs name once a week; costs nothing but the storage of the copies."""
    vault = backup.BackupVault(
        scope,
        "vault",
        lock_configuration=backup.LockConfiguration(min_retention=Duration.days(SURE_DAYS)),
        removal_policy=RemovalPolicy.RETAIN,
    )
    plan = backup.BackupPlan(scope, "backup", backup_vault=vault)
    plan.add_rule(
        backup.BackupPlanRule(
            rule_name="weekly",
            schedule_expression=events.Schedule.expression(WEEKLY),
            delete_after=Duration.days(KEPT_DAYS),
        )
    )
    role = iam.Role(
        scope,
        "backup-role",
        assumed_by=iam.ServicePrincipal("backup.amazonaws.com"),
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(one) for one in POLICIES],
    )
    plan.add_selection(
        "kept",
        role=role,
        disable_default_backup_policy=True,
        resources=[backup.BackupResource.from_arn(one) for one in resources],
    )
    return plan
