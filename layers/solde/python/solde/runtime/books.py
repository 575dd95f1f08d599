"""What the workflows of the books need, from the deployment."""

from solde.runtime import wiring
from solde.workflows.close_books import BooksContext


def books_context() -> BooksContext:
    return BooksContext(wiring.books(), wiring.entities(), wiring.runs(), wiring.archive())
