"""What the workflows of the books need, from the deployment."""

from solde.runtime import bill_run, wiring
from solde.workflows.close_books import BooksContext


def books_context() -> BooksContext:
    return BooksContext(wiring.books(), bill_run.context())
