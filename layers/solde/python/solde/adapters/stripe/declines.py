"""Stripe's codes of declines by what can be done: nothing, later again, or ask its owner."""

from solde.domain.attempts import Decline

_HARD = """
    account_closed bank_account_restricted debit_not_authorized do_not_try_again expired_card
    fraudulent incorrect_number invalid_account invalid_number lost_card merchant_blacklist
    new_account_information_available no_action_taken not_permitted payment_method_not_available
    pickup_card resource_missing restricted_card revocation_of_all_authorizations
    revocation_of_authorization security_violation stolen_card stop_payment_order
    transaction_not_allowed
"""
_ACTION = """
    authentication_not_handled authentication_required offline_pin_required
    online_or_offline_pin_required payment_intent_authentication_failure
    setup_intent_authentication_failure
"""
HARD, ACTION = frozenset(_HARD.split()), frozenset(_ACTION.split())


def kind(code: str) -> Decline:
    """Return what a code stands for; one that is not known may be tried later."""
    if code in HARD:
        return Decline.HARD
    return Decline.ACTION if code in ACTION else Decline.SOFT
