"""Reading usage over the world that ingests and rates it."""

from solde.ports.usage import Payer
from solde.storage.meters import MeterTable
from solde.storage.rating_book import RatingBookTable
from solde.workflows.read_usage.context import ReadingContext
from tests.support.usage_world import UsageWorld, at

EWR = Payer("cus_ua", "sub_UA-EWR", "nyc", "America/New_York")
PAYERS = {"UA-EWR": EWR, "sub_UA-EWR": EWR}
NOON = "2013-02-01T12:00:00"


def reading(world: UsageWorld, when: str = NOON) -> ReadingContext:
    """Read at noon of 1 February, business and wall clock alike."""
    return ReadingContext(
        objects=world.objects,
        usage=world.usage,
        meters=MeterTable(world.table),
        book=RatingBookTable(world.table),
        now=at(when),
        looked_at=at(when),
    )
