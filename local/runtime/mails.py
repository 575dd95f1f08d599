"""Captured mails outlive a restart: the emulator saves all that SES knows but these."""

import copy
from typing import Any

SENT = "_sent_emails"
State = dict[str, Any]


def keep_mails(ses: Any) -> None:  # noqa: ANN401 - a module of the emulator
    """Add the captured mails to the state that the module is asked for and given back."""
    saved, restore = ses.get_state, ses._restore_state

    def with_mails() -> State:
        return {**saved(), SENT: copy.deepcopy(ses._sent_emails)}

    def restored(state: State) -> None:
        restore(state)
        ses._restore_regional_store(ses._sent_emails, state.get(SENT, {}))

    ses.get_state, ses._restore_state = with_mails, restored
