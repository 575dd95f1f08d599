"""What a deployment may choose; read once from the context of cdk.json or the command line."""

from dataclasses import dataclass
from pathlib import Path

from constructs import Node

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """
    `stage` is live, test or local; `zone` is where the daily schedules keep their hours.

    `chase_hours` are the hours at which what is overdue is looked at, such as `9` or `3,9,15,21`;
    `alarm_to` is a mail address that is told of alarms, or empty;
    `own_key` encrypts with a key of the account's own (about a dollar a month while idle);
    `backup` copies table and buckets into a locked vault each week, which costs their storage;
    `lock` (none, governance, compliance) keeps what is archived for `lock_years`;
    `drop_bucket` names a bucket of the seller's own that copies may be dropped in, `drop_key` the
    ARN of the KMS key that they are encrypted with there; both may be empty;
    `release` refuses layers that were not built.
    """

    stage: str
    zone: str
    mail_from: str
    public_url: str
    chase_hours: str
    alarm_to: str
    own_key: bool
    backup: bool
    lock: str
    lock_years: int
    log_days: int
    map_concurrency: int
    drop_bucket: str
    drop_key: str
    release: bool

    @property
    def prefix(self) -> str:
        return f"solde-{self.stage}"


def settings(node: Node) -> Settings:
    """
    Return the settings of the app.

    Raises:
        TypeError: a value is missing or of another type than expected.

    """
    found = {}
    for name, kind in Settings.__annotations__.items():
        value = node.try_get_context(name)
        if kind is bool and isinstance(value, str):
            value = value == "true"
        if kind is int:
            value = int(value)
        if not isinstance(value, kind):
            raise TypeError(f"context {name}: expected {kind.__name__}, found {value!r}")
        found[name] = value
    return Settings(**found)
