"""Logical ids that must never change: CloudFormation would make the thing anew, empty."""

FROZEN = {
    "table8235A42E": "AWS::DynamoDB::Table",
    "archiveA318A092": "AWS::S3::Bucket",
    "usageA16C15EF": "AWS::S3::Bucket",
    "bus707364D1": "AWS::Events::EventBus",
    "stripeC7CD3D3C": "AWS::SecretsManager::Secret",
}
