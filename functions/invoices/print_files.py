"""Paper of a day: how far its files are made, and the files themselves."""

from datetime import date
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from solde.domain.errors import NotFoundError
from solde.ports.printing import PrintDay, PrintPart
from solde.runtime import wiring
from solde.runtime.downloads import object_of
from solde.runtime.fields import described, instant_text, listed
from solde.runtime.http import raw
from solde.runtime.paging import Asked, page
from solde.runtime.reach import prints
from solde.runtime.settings import settings
from solde.workflows.print_documents.bundle import TYPES

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


@router.get("/v1/print-files", summary="List what an entity prints by day, newest first")
def every(
    entity: Annotated[str, Query()],
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Show how far each is: `making` until all of its parts have their files."""
    code = wiring.entities().entity(entity).code

    def read(below: str | None, most: int) -> list[tuple[str, dict[str, Any]]]:
        found = prints().days(code, before=below or "", limit=most)
        return [(one.day.isoformat(), _shown(one)) for one in found]

    rows, following = page(read, Asked(cursor, limit))
    return listed(rows, next_cursor=following)


@router.get("/v1/print-files/<entity>/<day>", summary="Read what an entity prints on a day")
def read(entity: str, day: str) -> dict[str, Any]:
    return _shown(_found(entity, day))


@router.get(
    "/v1/print-files/<entity>/<day>/<part>/<form>",
    summary="Download a file of a day as pdf, or its addresses as csv",
    responses={200: {"description": "The bytes, as their type says"}},
)
@raw
def download(entity: str, day: str, part: int, form: str) -> Response[bytes | str]:
    """Give the bytes; what is too large for an answer lies in the bucket under its `key`."""
    made = next((one for one in _found(entity, day).made if one.number == part), None)
    if made is None or form not in made.files:
        raise NotFoundError(f"print file: expected a part that is made, found {part} {form[:40]!r}")
    file = made.files[form]
    return object_of(file, TYPES[form], f"{entity}-{day}-{part}.{form}")


def _found(entity: str, day: str) -> PrintDay:
    try:
        found = prints().day(entity, date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise NotFoundError(f"print file: expected a day on which {entity[:40]} prints")
    return found


def _shown(one: PrintDay) -> dict[str, Any]:
    return described(
        "print_file",
        entity=one.entity,
        day=one.day.isoformat(),
        state=one.state,
        documents=one.documents,
        parts=one.parts,
        parts_made=len(one.made),
        files=[_part_shown(one, part) for part in one.made],
        created_at=instant_text(one.at),
        livemode=settings.live,
    )


def _part_shown(day: PrintDay, part: PrintPart) -> dict[str, Any]:
    path = f"/v1/print-files/{day.entity}/{day.day.isoformat()}/{part.number}"
    forms = {
        name: {"key": one.key, "size": one.size, "sha256": one.sha256, "url": f"{path}/{name}"}
        for name, one in sorted(part.files.items())
    }
    return {"part": part.number, "documents": part.documents, "pages": part.pages, **forms}
