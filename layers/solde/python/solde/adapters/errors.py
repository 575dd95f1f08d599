"""What goes wrong on the way to others."""

from solde.domain.errors import SoldeError


class ProviderUnavailableError(SoldeError):
    """No answer of the provider that says what became of a request: it is sent again."""

    code = "provider_unavailable"
    retryable = True


class SignatureError(SoldeError):
    """The delivery is not proved; nothing of it is stored."""

    code = "bad_signature"


class MalformedEventError(SoldeError):
    """A genuine delivery that cannot be read: it is parked, not lost."""

    code = "malformed_event"


class OtherModeError(SoldeError):
    """A genuine delivery of test money in live mode, or of live money in test mode: refused."""

    code = "other_mode"


class OtherAccountError(SoldeError):
    """A genuine delivery of another account of the provider than the one that is ours: refused."""

    code = "other_account"
