"""A new subscription as the API speaks of it."""

from datetime import date
from typing import Literal

from pydantic import Field

from solde.domain.periods import Unit
from solde.domain.trials import AfterTrial, Trial, trial_end
from solde.runtime.fields import Amount, Code, Day, ExternalId, Metadata, Reference, Strict


class TrialModel(Strict):
    """Days, weeks or months from the start that are served and not charged."""

    unit: Literal["day", "week", "month"]
    count: int = Field(ge=1, le=730)
    then: Literal["continue", "end"] = "continue"

    def trial(self, start_on: date) -> Trial:
        return Trial(trial_end(start_on, Unit(self.unit), self.count), AfterTrial(self.then))


class NewSubscription(Strict):
    customer: Reference
    plan: Code
    start_on: Day
    external_id: ExternalId | None = None
    name: str = Field(default="", max_length=200)
    anchor_on: Day | None = None
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)
    terms_days: int | None = Field(default=None, ge=0, le=365)
    trial: TrialModel | None = None
    group: str = Field(default="", max_length=80)
    metadata: Metadata = Field(default_factory=dict)


class SubscriptionPreview(NewSubscription):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None
