"""The form of an event: every flaw names its field, what was expected, what was found."""

from datetime import UTC, datetime

import pytest

from solde.domain.usage.event import Draft, Flaw, microseconds, read_event

LATEST_US = 1_767_225_900_000_000  # 2026-01-01T00:05:00Z
GOOD = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "urn:meter:7",
    "type": "gas.read",
    "subject": "sub-1",
    "time": "2026-01-01T00:00:00Z",
    "data": {"volume": "3.20"},
}


def deep(levels: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for _ in range(levels):
        found = {"in": found}
    return found


def test_a_well_formed_event_becomes_a_draft():
    assert read_event(GOOD, latest_us=LATEST_US) == Draft(
        source="urn:meter:7",
        id="e-1",
        type="gas.read",
        subject="sub-1",
        at_us=1_767_225_600_000_000,
        data={"volume": "3.20"},
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"n": 1, "text": "é", "yes": True, "nothing": None},
        {"nested": {"list": ["a", 1, {"b": "c"}]}},
        deep(7),
    ],
    ids=["empty", "scalars", "nested", "as-deep-as-allowed"],
)
def test_data_that_is_taken_as_it_is(data):
    found = read_event(GOOD | {"data": data}, latest_us=LATEST_US)
    assert isinstance(found, Draft)
    assert found.data == data


def test_an_event_without_data_has_none():
    without = {name: value for name, value in GOOD.items() if name != "data"}
    found = read_event(without, latest_us=LATEST_US)
    assert isinstance(found, Draft)
    assert found.data == {}


BAD_TEXT = "1 to 255 printable characters"
TIME = "an RFC 3339 time with its offset, such as 2026-01-31T12:00:00Z"
NOT_EXACT = 'a whole number, or a decimal as text such as "3.20"'
CASES = [
    ("id-empty", {"id": ""}, Flaw("/id", "bad_text", BAD_TEXT, '""')),
    ("id-number", {"id": 7}, Flaw("/id", "bad_text", BAD_TEXT, "number 7")),
    ("id-null", {"id": None}, Flaw("/id", "bad_text", BAD_TEXT, "null")),
    ("source-control", {"source": "a\x00b"}, Flaw("/source", "bad_text", BAD_TEXT, '"a\x00b"')),
    ("type-list", {"type": []}, Flaw("/type", "bad_text", BAD_TEXT, "an array")),
    (
        "subject-long",
        {"subject": "x" * 256},
        Flaw("/subject", "bad_text", BAD_TEXT, f'"{"x" * 60}…"'),
    ),
    ("version", {"specversion": "0.3"}, Flaw("/specversion", "bad_version", '"1.0"', '"0.3"')),
    ("time-day", {"time": "2026-01-01"}, Flaw("/time", "bad_time", TIME, '"2026-01-01"')),
    (
        "time-local",
        {"time": "2026-01-01T00:00:00"},
        Flaw("/time", "bad_time", TIME, '"2026-01-01T00:00:00"'),
    ),
    (
        "time-impossible",
        {"time": "2026-02-30T00:00:00Z"},
        Flaw("/time", "bad_time", TIME, '"2026-02-30T00:00:00Z"'),
    ),
    ("time-number", {"time": 1.5}, Flaw("/time", "bad_time", TIME, "number 1.5")),
    (
        "time-ancient",
        {"time": "1999-12-31T23:59:59Z"},
        Flaw("/time", "bad_time", "a time from the year 2000 on", '"1999-12-31T23:59:59Z"'),
    ),
    (
        "time-more-than-five-minutes-ahead",
        {"time": "2026-01-01T00:05:00.000001Z"},
        Flaw(
            "/time",
            "time_ahead",
            "a time up to 2026-01-01T00:05:00Z",
            '"2026-01-01T00:05:00.000001Z"',
        ),
    ),
    ("data-list", {"data": [1]}, Flaw("/data", "bad_data", "an object", "an array")),
    (
        "data-binary",
        {"data_base64": "aGk="},
        Flaw("/data_base64", "bad_data", "JSON in data", "binary data"),
    ),
    (
        "data-xml",
        {"datacontenttype": "application/xml"},
        Flaw("/datacontenttype", "bad_data", "application/json", '"application/xml"'),
    ),
    (
        "float",
        {"data": {"volume": 3.2}},
        Flaw("/data/volume", "not_exact", NOT_EXACT, "number 3.2"),
    ),
    (
        "float-nested",
        {"data": {"a/b": [{"x~y": 1e300}]}},
        Flaw("/data/a~1b/0/x~0y", "not_exact", NOT_EXACT, "number 1e+300"),
    ),
    (
        "deep",
        {"data": deep(9)},
        Flaw("/data/in/in/in/in/in/in/in/in", "too_deep", "at most 8 levels", "more"),
    ),
    (
        "many",
        {"data": {str(n): n for n in range(501)}},
        Flaw("/data", "too_many_values", "at most 500 values", "more"),
    ),
    (
        "many-nested",
        {"data": {"list": [[1]] * 400}},
        Flaw("/data", "too_many_values", "at most 500 values", "more"),
    ),
]


@pytest.mark.parametrize(
    ("change", "flaw"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_flaw_is_named(change, flaw):
    assert read_event(GOOD | change, latest_us=LATEST_US) == (flaw,)


@pytest.mark.parametrize("found", [None, 1, "text", [], True])
def test_what_is_no_object_is_no_event(found):
    (flaw,) = read_event(found, latest_us=LATEST_US)
    assert flaw.code == "not_an_event"


def test_all_flaws_are_named_at_once():
    flaws = read_event({"data": 1}, latest_us=LATEST_US)
    assert [flaw.pointer for flaw in flaws] == [
        *("/source", "/id", "/type", "/subject", "/specversion", "/time", "/data"),
    ]
    assert flaws[0].detail == "expected 1 to 255 printable characters, found nothing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01t00:00:00.5z", 500_000),
        ("1970-01-01T00:00:00.123456789Z", 123_456),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2026-06-30T12:00:00-04:00", 1_782_835_200_000_000),
        ("2026-06-30T12:00:60Z", None),
        ("2026-06-30 12:00:00Z", None),
        ("２０26-06-30T12:00:00Z", None),
        ("0001-01-01T00:00:00+23:59", -62_135_683_140_000_000),
        ("2026-06-30T12:00:00+25:00", None),
        ("2026-W05-1T12:00:00Z", None),
    ],
)
def test_times_are_read_as_rfc_3339_writes_them(text, expected):
    assert microseconds(text) == expected


def test_the_literals_above_are_the_instants_they_say():
    assert datetime.fromtimestamp(1_782_835_200, UTC).isoformat() == "2026-06-30T16:00:00+00:00"
    assert datetime.fromtimestamp(1_767_225_900, UTC).isoformat() == "2026-01-01T00:05:00+00:00"
