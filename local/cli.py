"""The commands of `solde`; each imports what it needs when it runs."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from local import dunning, keys
from local.documents import commands as documents
from local.errors import LocalCloudError
from local.looks import commands as looks
from local.places import PORT, Places

if TYPE_CHECKING:
    from local.clock import Fired
    from local.up import Cloud

HOME = Places().home

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Solde on this machine: the deployed system on an emulated cloud.",
)
clock = typer.Typer(no_args_is_help=True, help="The business clock of the local cloud.")
app.add_typer(clock, name="clock")
app.add_typer(keys.app, name="keys")
archive = typer.Typer(no_args_is_help=True, help="The archive of issued documents.")
app.add_typer(archive, name="archive")
app.add_typer(documents.app, name="documents")
app.add_typer(looks.app, name="templates")
app.add_typer(dunning.app, name="dunning")
out = Console(highlight=False)

Home = Annotated[Path, typer.Option(help="Where the local cloud keeps its state.")]
Day = Annotated[str, typer.Argument(help="A date (the end of that day) or an instant, in UTC.")]


def main() -> None:
    """Run a command; what its user can act on is said in one sentence, with exit code 1."""
    try:
        app()
    except LocalCloudError as error:
        Console(stderr=True, highlight=False).print(f"solde: {error}", markup=False, soft_wrap=True)
        sys.exit(1)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="Where the local cloud answers.")] = PORT,
    home: Home = HOME,
    *,
    fresh: Annotated[bool, typer.Option(help="Throw away what is there, and begin anew.")] = False,
) -> None:
    """Start the local cloud and keep it until Ctrl-C, which saves its state."""
    from local.hold import hold
    from local.up import forget, running

    places = Places(home, port)
    if fresh:
        forget(places)
    with running(places, timed_lines()) as cloud:
        out.print(f"Solde answers at {cloud.url} (AWS: the same address).")
        out.print("Press Ctrl-C to stop it; its data is kept.")
        hold(cloud)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the local cloud answers.")] = PORT,
    home: Home = HOME,
    *,
    full: Annotated[bool, typer.Option(help="The whole year instead of January.")] = False,
) -> None:
    """Bill a month of real flights on a new local cloud, and keep it until Ctrl-C."""
    from local.demo.story import run

    run(Places(home, port), full=full)


@app.command()
def verify(home: Home = HOME) -> None:
    """Prove the stored books and documents against each other; exit code 1 on a violation."""
    from local.verify import findings, shown, violated

    found = findings(_attached(home))
    shown(found, out)
    if violated(found):
        raise typer.Exit(1)


@app.command()
def explain(
    invoice: Annotated[str, typer.Argument(help="The id of an invoice or credit note.")],
    line: Annotated[int | None, typer.Argument(help="Else all its lines, and the totals.")] = None,
    home: Home = HOME,
) -> None:
    """Tell where each amount of a document comes from, as arithmetic."""
    from local.explain import explain as explained

    for text in explained(_attached(home), invoice, line):
        out.print(text, markup=False, soft_wrap=True)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where register, journal and heads.json go.")],
    home: Home = HOME,
    *,
    documents: Annotated[bool, typer.Option(help="Also all that is stored of documents.")] = False,
) -> None:
    """Write the issue register and the journal as files; tools/verify_register.py checks them."""
    from local.archive import write_documents
    from local.export import export as written

    cloud = _attached(home)
    count = written(cloud, folder) + (write_documents(cloud, folder) if documents else 0)
    out.print(f"{count} files below {folder}")


@archive.command(name="verify")
def archive_verify(
    export: Annotated[
        Path | None, typer.Option(help="What `solde export --documents` wrote, and no cloud.")
    ] = None,
    home: Home = HOME,
) -> None:
    """Check all that is stored of documents; exit code 1 naming each that is not as issued."""
    from rich.progress import Progress

    from local.archive import of_cloud, of_export

    forms, wrong = 0, 0
    with Progress(console=out, transient=True) as progress:
        task = progress.add_task("forms of documents", total=None)

        def watch(count: int) -> None:
            nonlocal forms
            forms += count
            progress.update(task, completed=forms)

        found = of_export(export, watch) if export else of_cloud(_attached(home), watch)
        for violation in found:
            wrong += 1
            progress.print(violation, markup=False, soft_wrap=True)
    out.print(f"{forms} stored forms looked at, {wrong} violations")
    if wrong:
        raise typer.Exit(1)


@app.command()
def replay(
    run: Annotated[str, typer.Argument(help="The id of a bill run.")],
    keep: Annotated[Path | None, typer.Option(help="Also keep the run as a file.")] = None,
    home: Home = HOME,
) -> None:
    """Plan a bill run again from its recorded inputs; exit code 1 if a byte is another."""
    from local.replay import keep as kept
    from local.replay import replay as replayed
    from local.replay import shown

    cloud = _attached(home)
    found = replayed(cloud, run)
    shown([found], out)
    if keep:
        out.print(f"{kept(cloud, run, keep)} bytes in {keep}")
    if found.differing:
        raise typer.Exit(1)


@app.command(name="replay-gate")
def replay_gate(
    folder: Annotated[
        Path | None, typer.Argument(help="Else the runs that the project keeps.")
    ] = None,
) -> None:
    """Replay recorded runs with this code; exit code 1 if a cent is another than was billed."""
    from local.replay import REPLAYS, gate, shown

    found = list(gate(folder or REPLAYS))
    shown(found, out)
    if any(one.differing for one in found):
        raise typer.Exit(1)


@app.command(name="what-if")
def what_if(
    change: Annotated[Path, typer.Option(help="A JSON file: docs/reference/replay.md.")],
    since: Annotated[str, typer.Option(help="The first day to which runs billed.")],
    home: Home = HOME,
) -> None:
    """Bill issued history again with one input replaced, and say what each customer would pay."""
    from local.what_if import day, deltas, read, shown

    shown(deltas(_attached(home), read(change), day(since)), out)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(context: typer.Context) -> None:
    """Measure the hot paths; arguments go to the benchmarks: `solde bench all`."""
    from bench.cli import main as measure

    measure(context.args)


@app.command()
def doctor(
    stage: Annotated[str | None, typer.Option(help="Else what cdk.json says.")] = None,
    region: Annotated[str | None, typer.Option(help="Else what your AWS profile says.")] = None,
    *,
    aws: Annotated[
        bool, typer.Option("--aws", help="Look at the AWS account; reads only.")
    ] = False,
    profile: Annotated[
        Path | None, typer.Option(help="An entity as JSON: docs/how-to/seller-profile.md.")
    ] = None,
) -> None:
    """Look whether an AWS account or a seller's profile is fit; exit code 1: something is to do."""
    from local.doctor.examine import examine, real_clients, wanted
    from local.doctor.profile import lacks_of, read_entity

    if aws == bool(profile):
        raise LocalCloudError("expected --aws or --profile FILE: an account or a seller")
    if profile:
        found = list(lacks_of(read_entity(profile)))
    else:
        found = examine(real_clients(region), wanted(stage))
    for one in found:
        out.print(f"{'ok   ' if one.well else 'TO DO'}  {one.what}: {one.said}", markup=False)
        if one.todo:
            out.print(f"       {one.todo}", markup=False)
    if not all(one.well for one in found):
        raise typer.Exit(1)


@clock.command()
def show(home: Home = HOME) -> None:
    """Tell the business time."""
    now = _attached(home).clock.now()
    out.print(f"{now:%Y-%m-%d %H:%M:%S} UTC" if now else "not set: it runs with the machine's")


@clock.command(name="set")
def start(at: Day, home: Home = HOME) -> None:
    """Set a business clock that was never set."""
    from local.instants import instant

    _attached(home).clock.start(instant(at))
    show(home)


@clock.command()
def advance(
    to: Annotated[str, typer.Option(help="A date (the end of that day) or an instant, in UTC.")],
    home: Home = HOME,
) -> None:
    """Fire every schedule up to an instant, in order, each after the one before is worked off."""
    from rich.progress import Progress

    from local.instants import instant

    cloud, until = _attached(home), instant(to)
    counts: Counter[str] = Counter()
    with Progress(console=out, transient=True) as progress:
        task = progress.add_task("", total=cloud.clock.due(until))

        def watch(fired: "Fired") -> None:
            counts[fired.schedule] += 1
            progress.update(task, advance=1, description=f"{fired.at:%Y-%m-%d} {fired.schedule}")
            for trouble in fired.troubles:
                progress.print(f"{fired.at:%Y-%m-%d} {fired.schedule}: {trouble}", markup=False)

        cloud.clock.advance(until, watch=watch)
    for name, count in sorted(counts.items()):
        out.print(f"{count:5} × {name}", markup=False)
    show(home)


def timed_lines() -> Callable[[str], None]:
    """Return a teller that puts the seconds since now before each line."""
    began = time.monotonic()

    def tell(line: str) -> None:
        out.print(f"{time.monotonic() - began:5.1f} s  {line}", markup=False)

    return tell


def _attached(home: Path) -> "Cloud":
    from local.up import attached

    return attached(home)
