from solde.ports.usage import Payer
from solde.storage.payers import AMBIGUOUS, UNKNOWN, PayerTable
from tests.support.usage_world import UsageWorld

NYC = ("nyc", "America/New_York")


def test_a_subject_is_a_subscription_or_the_customer_of_one():
    world = UsageWorld()
    world.customer("cus_none", "NONE")
    ewr = Payer("cus_ua", "sub_UA-EWR", *NYC)
    lga = Payer("cus_dl", "sub_DL-LGA", *NYC)
    assert PayerTable(world.table).payers(
        ["UA-EWR", "sub_UA-EWR", "DL", "cus_dl", "UA", "cus_ua", "NONE", "nobody"]
    ) == {
        "UA-EWR": ewr,
        "sub_UA-EWR": ewr,
        "DL": lga,
        "cus_dl": lga,
        "UA": AMBIGUOUS,
        "cus_ua": AMBIGUOUS,
        "NONE": UNKNOWN,
        "nobody": UNKNOWN,
    }


def test_a_subscription_goes_before_a_customer_of_the_same_name():
    world = UsageWorld()
    world.customer("cus_x", "DL-LGA")
    assert PayerTable(world.table).payers(["DL-LGA"]) == {
        "DL-LGA": Payer("cus_dl", "sub_DL-LGA", *NYC)
    }


def test_nobody_asked_for_is_nobody_found():
    assert PayerTable(UsageWorld().table).payers([]) == {}
