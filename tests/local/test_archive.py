"""The archive of an export, checked offline: one byte, one file less, one file more."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from local import archive, cli
from solde.storage.audit import AuditTable
from solde.workflows.verify.archive import held
from tests.support.audited import audited


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """An export of a sound deployment."""
    seller = audited()
    stores = SimpleNamespace(table=seller.table, archive=seller.objects)
    monkeypatch.setattr(archive, "stores_of", lambda _cloud: stores)
    written = archive.write_documents(None, tmp_path)
    documents = held(AuditTable(seller.table).stored())
    assert written == 1 + len({place.key for one in documents for place in one.places})
    assert list(archive.of_cloud(None, lambda _count: None)) == []
    for key, body in seller.objects.bodies.items():
        if key.startswith("register/"):
            file = tmp_path / key
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
    return tmp_path


def verified(folder: Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, ["archive", "verify", "--export", str(folder)])
    return done.exit_code, " ".join(done.output.split())


def test_a_sound_export_has_nothing_wrong(folder) -> None:
    code, said = verified(folder)
    assert code == 0
    assert said.endswith("stored forms looked at, 0 violations")
    assert not said.startswith("0 ")


def test_each_plant_is_named_and_ends_with_one(folder) -> None:
    first = json.loads((folder / "documents.jsonl").read_text().splitlines()[0])
    number, (_, key, offset, length, sha256) = first[0], first[1][0]
    pack = folder / key
    sound = pack.read_bytes()
    spoilt = bytearray(sound)
    spoilt[offset + length // 2] ^= 1
    pack.write_bytes(bytes(spoilt))
    code, said = verified(folder)
    assert (code, f"{number} json: differs from its digest {sha256}" in said) == (1, True)
    pack.unlink()
    assert f"{number} json: missing: {key}" in verified(folder)[1]
    pack.write_bytes(sound)
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "more.pack").write_bytes(b"%PDF")
    code, said = verified(folder)
    assert (code, said.count("not registered")) == (1, 1)
    assert "documents/more.pack: not registered" in said


def test_an_export_is_for_reading(tmp_path) -> None:
    with pytest.raises(TypeError, match="for reading"):
        archive.FolderObjects(tmp_path).put_new("a", b"", content_type="t")
