"""The files of a part: what was written first counts, and what was not listed is not made."""

import hashlib
from datetime import date

import pytest

from solde.domain.errors import NotFoundError
from solde.ports.printing import MAKING, PrintDay
from solde.storage.printing import PrintTable
from solde.workflows.print_documents import bundle
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable
from tests.support.seller import at

DAY = date(2013, 6, 1)
NOW = at("2013-06-01T06:00:00")


def test_a_file_that_lies_there_is_the_one_that_counts() -> None:
    objects = ModelObjects()
    objects.bodies["print/FRA/2013-06-01/0001.csv"] = b"first"
    found = bundle._kept("print/FRA/2013-06-01/0001.csv", b"another", objects)
    assert (found.size, found.sha256) == (5, hashlib.sha256(b"first").hexdigest())


@pytest.mark.parametrize("number", [0, 2])
def test_a_part_that_was_not_listed_is_refused(number) -> None:
    prints = PrintTable(ModelTable())
    context = bundle.BundleContext(prints, None, ModelObjects(), lambda _: (b"", []))
    with pytest.raises(NotFoundError):
        bundle.bundle_prints(("FRA", DAY, 1), NOW, context)
    prints.open(PrintDay("FRA", DAY, 1, 1, MAKING, NOW))
    with pytest.raises(NotFoundError, match=str(number)):
        bundle.bundle_prints(("FRA", DAY, number), NOW, context)
