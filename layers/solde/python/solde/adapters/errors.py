"""What goes wrong on the way to others."""

from solde.domain.errors import SoldeError


class ProviderUnavailableError(SoldeError):
    """No answer of the provider that says what became of a request: it is sent again."""

    code = "provider_unavailable"
    retryable = True
