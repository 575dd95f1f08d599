"""The page on which a customer asks about a document, or says by when he pays it."""

from collections.abc import Mapping, Sequence

from solde.adapters.render.pages.shell import Visit, set_page
from solde.domain.dunning import PROMISE, PROMISE_MOST, QUESTION, TEXT_MAX, Notice

NOTHING: Mapping[str, str] = {}


def talk_page(
    visit: Visit, notices: Sequence[Notice], *, wrong: str = "", fields: Mapping[str, str] = NOTHING
) -> str:
    """Set what was said so far, and both forms; `wrong` names the one that was not understood."""
    said = visit.said
    last = visit.today + PROMISE_MOST
    promise = visit.header.open_minor > 0 and not any(
        one.kind == PROMISE and one.open for one in notices
    )
    return set_page(
        visit,
        "talk.html.j2",
        said.say("talk_title", number=visit.header.number),
        state="said" if notices else "new",
        told=[(_told(visit, one), one.text, _status(visit, one)) for one in notices],
        question={
            "title": said.say("talk_question"),
            "label": said.say("talk_text"),
            "hint": said.say("talk_text_hint", most=TEXT_MAX),
            "most": TEXT_MAX,
            "button": said.say("talk_send"),
            "action": f"{visit.base}/question",
            "value": fields.get("text", ""),
            "wrong": said.say("talk_text_wrong", most=TEXT_MAX) if wrong == QUESTION else "",
        },
        promise={
            "title": said.say("talk_promise"),
            "label": said.say("talk_day"),
            "hint": said.say("talk_day_hint", first=visit.day(visit.today), last=visit.day(last)),
            "first": visit.today.isoformat(),
            "last": last.isoformat(),
            "button": said.say("talk_promise_send"),
            "action": f"{visit.base}/promise",
            "value": fields.get("pays_on", ""),
            "wrong": said.say("talk_day_wrong") if wrong == PROMISE else "",
        }
        if promise
        else None,
    )


def _told(visit: Visit, one: Notice) -> str:
    day = visit.day(one.at.date())
    if one.pays_on:
        return visit.said.say("talk_promised", day=day, on=visit.day(one.pays_on))
    return visit.said.say("talk_asked", day=day)


def _status(visit: Visit, one: Notice) -> str:
    if one.kind == PROMISE:
        return ""
    return visit.said.say("talk_waiting" if one.open else "talk_answered")
