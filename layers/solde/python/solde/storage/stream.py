"""What the table's stream brings: an outbox item, or a delivery that was just stored."""

from typing import Any

from solde.ports.announcements import Announcement
from solde.storage.deliveries import announcement_of_delivery
from solde.storage.marshal import unmarshal_item
from solde.storage.outbox import announcement_from_item


def announcement_of(image: dict[str, Any]) -> Announcement | None:
    """Return what a new item announces; None for items that announce nothing."""
    item = unmarshal_item(image)
    if item["pk"].startswith("O#"):
        return announcement_from_item(item)
    if item["pk"].startswith("EV#"):
        return announcement_of_delivery(item)
    return None
