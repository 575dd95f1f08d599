"""What a command says in one sentence instead of a trace."""


class LocalCloudError(RuntimeError):
    """Something about the local cloud that its user can act on; the message says how."""
