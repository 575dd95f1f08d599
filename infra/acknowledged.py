"""Findings of cdk-nag's AwsSolutions that are as they should be, each with its reason."""

from typing import NamedTuple


class Acknowledged(NamedTuple):
    """`pattern` is searched in the rule's name; every reason must still have a finding."""

    pattern: str
    reason: str


ACKNOWLEDGED = (
    Acknowledged(r"SMG4$", "Stripe's signing secret is rolled at Stripe; both are valid meanwhile"),
    Acknowledged(r"L1$", "python3.13 is the runtime that the layers are built and tested for"),
    Acknowledged(r"APIG4$", "keys with scopes are checked in the one resolver of all functions"),
    Acknowledged(
        r"IAM4\[Policy::.*/AWSBackupServiceRolePolicyFor\w+\]$",
        "what AWS Backup needs is AWS's to say, and changes with what it can copy",
    ),
    Acknowledged(
        r"IAM5\[Resource::\*\]$",
        "X-Ray has no resources to name",
    ),
    Acknowledged(
        r"IAM5\[Resource::.*/(raw|rating|proofs|packs|documents|runs|register|drop|print|books"
        r"|logos|debits)/\*\]$",
        "objects below one prefix of one bucket: their names are digests and dates",
    ),
    Acknowledged(r"IAM5\[Resource::.*/index/\*\]$", "the two indexes of the one table"),
    Acknowledged(
        r"IAM5\[Resource::<billrun\w+\.Arn>:\*\]$",
        "Step Functions invokes versions of the steps' functions; the grant is CDK's",
    ),
    Acknowledged(
        r"IAM5\[Resource::arn:<AWS::Partition>:(s3|states):",
        "what a distributed map needs of its own executions and its input; CDK's grant",
    ),
)
