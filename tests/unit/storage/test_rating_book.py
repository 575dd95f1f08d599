from datetime import date

from solde.storage.rating_book import RatingBookTable
from solde.storage.usage import UsageTable
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable
from tests.support.usage_world import at

NOW = at("2013-02-01T06:00:00")


def test_the_latest_complete_execution_only_moves_forward():
    book = RatingBookTable(ModelTable())
    assert book.generation() == 0
    book.completed(3)
    book.completed(2)
    assert book.generation() == 3
    book.completed(4)
    assert book.generation() == 4


def test_each_entity_has_its_own_day():
    table = ModelTable()
    book, usage = RatingBookTable(table), UsageTable(table, ModelObjects())
    book.rated("nyc", date(2013, 2, 1), at=NOW)
    book.rated("fra", date(2013, 1, 31), at=NOW)
    book.rated("nyc", date(2013, 1, 31), at=NOW)
    assert usage.rated_to_on("nyc") == date(2013, 2, 1)
    assert usage.rated_to_on("fra") == date(2013, 1, 31)
    assert usage.rated_to_on("usa") is None
