from solde.domain.usage.distinct import Unique

ANNA, BO = "55579b557896d0ce1764c47f", "3d099d0f13df9d0bb4427a6c"


def test_a_value_counts_once_however_often_it_comes():
    seen = Unique()
    for value in ("anna", "bo", "anna"):
        seen.add(value, 1, "a")
    assert seen.to_json() == ["unique", 3, [BO, ANNA], [1, 2]]
    assert seen.settled().to_json() == ["unique", 3, [BO, ANNA]]


def test_a_value_counts_until_it_is_taken_back_as_often_as_it_came():
    seen = Unique()
    for value in ("anna", "bo", "anna"):
        seen.add(value, 1, "a")
    seen.remove("anna", 1, "a")
    assert seen.settled().to_json() == ["unique", 2, [BO, ANNA]]
    seen.remove("anna", 1, "a")
    assert seen.settled().to_json() == ["unique", 1, [BO]]


def test_sets_unite():
    seen = Unique.from_json(1, [ANNA])
    seen.absorb(Unique.from_json(2, [ANNA, BO]))
    assert seen.settled().to_json() == ["unique", 3, [BO, ANNA]]
