from hypothesis import given
from hypothesis import strategies as st

from solde.domain.usage.lineage import Lineage, Link


def corrects(identity: str, target: str, at_us: int = 1) -> Link:
    return Link(at_us, identity, target, cancels=False)


def cancels(identity: str, target: str, at_us: int = 1) -> Link:
    return Link(at_us, identity, target, cancels=True)


def test_an_event_that_nothing_amends_stands_itself():
    assert Lineage([]).root("x") == "x"
    assert Lineage([]).standing("x") == "x"
    assert list(Lineage([]).outdone("x")) == []


def test_the_last_of_a_chain_stands():
    chain = Lineage([corrects("b", "a"), corrects("a", "x")])
    assert (chain.root("b"), chain.root("a"), chain.standing("x")) == ("x", "x", "b")
    assert chain.first("x") == corrects("a", "x")


def test_what_is_cancelled_leaves_nothing_until_the_cancellation_is_corrected():
    assert Lineage([cancels("a", "x")]).standing("x") is None
    assert Lineage([cancels("a", "x"), corrects("b", "a")]).standing("x") == "b"
    assert Lineage([corrects("a", "x"), cancels("b", "a")]).standing("x") is None


def test_of_two_the_later_stands_then_the_greater_identity():
    assert Lineage([corrects("a", "x", 2), corrects("b", "x", 1)]).standing("x") == "a"
    both = Lineage([corrects("a", "x"), cancels("b", "x"), corrects("c", "a")])
    assert both.standing("x") is None
    assert sorted(both.outdone("x")) == ["a", "c"]


def test_a_ring_has_no_root():
    ring = Lineage([corrects("a", "b"), corrects("b", "a"), corrects("c", "a")])
    assert {ring.root(one) for one in "abc"} == {None}


links = st.lists(
    st.builds(
        Link,
        st.integers(0, 2),
        st.sampled_from("abcdef"),
        st.sampled_from("abcdefx"),
        st.booleans(),
    ),
    unique_by=lambda link: link.identity,
    max_size=6,
)


@given(found=links, data=st.data())
def test_what_stands_follows_from_the_links_in_any_order(found, data):
    shuffled = data.draw(st.permutations(found))
    one, other = Lineage(found), Lineage(shuffled)
    assert one.standing("x") == other.standing("x")
    assert set(one.outdone("x")) == set(other.outdone("x"))


@given(found=links)
def test_each_link_below_a_root_is_on_the_path_or_outdone(found):
    lineage = Lineage(found)
    below = {link.identity for link in found if lineage.root(link.identity) == "x"}
    outdone = list(lineage.outdone("x"))
    assert len(set(outdone)) == len(outdone)
    on_path, at = set(), "x"
    while link := lineage.first(at):
        on_path.add(link.identity)
        at = link.identity
    assert on_path | set(outdone) == below
    assert on_path.isdisjoint(outdone)
