"""Strategies that are made once: to make one takes longer than to draw from it."""

from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

made_once = lru_cache(maxsize=None, typed=True)
"""Above a composite that is asked for again and again with the same."""


@made_once
def among(*values: Any) -> st.SearchStrategy:
    return st.sampled_from(values)


@made_once
def whole(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


yes_or_no = st.booleans()
