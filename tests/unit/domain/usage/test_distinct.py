from solde.domain.usage.distinct import Unique

ANNA, BO = "55579b557896d0ce1764c47f", "3d099d0f13df9d0bb4427a6c"


def test_a_value_counts_once_however_often_it_comes():
    seen = Unique()
    for value in ("anna", "bo", "anna"):
        seen.add(value, 1, "a")
    assert seen.to_json() == ["unique", 3, sorted([ANNA, BO])]


def test_sets_unite():
    seen = Unique(1, {ANNA})
    seen.absorb(Unique(2, {ANNA, BO}))
    assert seen.to_json() == ["unique", 3, sorted([ANNA, BO])]
