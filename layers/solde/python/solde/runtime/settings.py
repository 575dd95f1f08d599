"""The environment of a function, read when it is first asked for and never at import."""

import os
from dataclasses import dataclass


class SettingMissingError(RuntimeError):
    """The function was deployed without a variable that it needs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Each property names the variable that it reads; the stacks in infra/ set them."""

    @property
    def stage(self) -> str:
        return _required("STAGE")

    @property
    def live(self) -> bool:
        return self.stage == "live"

    @property
    def table(self) -> str:
        return _required("TABLE_NAME")

    @property
    def archive(self) -> str:
        return _required("ARCHIVE_BUCKET")

    @property
    def archive_lock(self) -> str:
        """The mode that locks what the law wants kept, if the archive locks at all."""
        return os.environ.get("ARCHIVE_LOCK", "")

    @property
    def usage(self) -> str:
        return _required("USAGE_BUCKET")

    @property
    def bus(self) -> str:
        return _required("BUS_NAME")

    @property
    def bill_run(self) -> str:
        return _required("BILL_RUN_ARN")

    @property
    def events_queue(self) -> str:
        return _required("EVENTS_QUEUE_URL")

    @property
    def mail_from(self) -> str:
        return _required("MAIL_FROM")

    @property
    def public_url(self) -> str:
        return _required("PUBLIC_URL")

    @property
    def stripe_secret(self) -> str:
        return _required("STRIPE_SECRET_ID")

    @property
    def stripe_api(self) -> str:
        """Where Stripe's API is: its own address, unless the local cloud names its sandbox."""
        return os.environ.get("STRIPE_API", "https://api.stripe.com")

    @property
    def paypal_api(self) -> str:
        """Where PayPal's API is, if not at its own address."""
        return os.environ.get("PAYPAL_API", "")

    @property
    def drop_bucket(self) -> str:
        """Where copies may be dropped besides the archive, if anywhere."""
        return os.environ.get("DROP_BUCKET", "")

    @property
    def drop_key(self) -> str:
        """The ARN of the KMS key that they are encrypted with, if not with that bucket's own."""
        return os.environ.get("DROP_KEY", "")

    @property
    def templates(self) -> str:
        return _required("TEMPLATES_DIR")


def _required(name: str) -> str:
    if name not in os.environ:
        raise SettingMissingError(f"expected the variable {name} in the environment")
    return os.environ[name]


settings = Settings()
