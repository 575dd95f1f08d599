import json
from decimal import Decimal

from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.day_state import (
    cells_from_json,
    cells_to_json,
    day_state,
    day_state_from_rows,
    merge_cells,
)
from solde.domain.usage.gauge import Points

CELLS = {("JFK", "é"): Sum(2, Decimal("3.20")), ("EWR", ""): Sum(1, Decimal(7))}
TEXT = '[[["EWR",""],["sum",1,"7"]],[["JFK","é"],["sum",2,"3.2"]]]'


def test_a_day_is_written_in_one_way():
    state = day_state(4, CELLS)
    assert state.text == TEXT
    assert state.events == 3


def test_a_day_is_read_back():
    assert day_state_from_rows(4, json.loads(TEXT), TEXT) == day_state(4, CELLS)


def test_points_become_an_area_when_the_day_is_closed():
    state = day_state(1, {(): Points(1, [(5, "a", Decimal(2))])})
    assert state.text == '[[[],["area",1,5,5,"2","0"]]]'


def test_cells_of_two_files_merge():
    whole = {(): Count(1)}
    merge_cells(whole, {(): Count(2), ("a",): Count(1)})
    assert cells_to_json(whole) == [[[], ["count", 3]], [["a"], ["count", 1]]]
    assert cells_from_json(cells_to_json(whole)) == whole
