"""What lies in a layer is what the functions on it import, and no function leans on more."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from infra import packaging
from infra.layers import MEGABYTE, MOST, drop_locales, must_fit
from solde.domain.languages import COUNTRIES

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = {"boto3", "botocore", "urllib3"}
"""What Lambda's own Python brings."""
LEAN = {"aws_lambda_powertools", "defusedxml", "orjson", "pydantic"}
PAYMENTS = {"cryptography", "stripe"}
PRINT = {"pypdf"}
RENDERING = {"PIL", "babel", "fpdf", "fontTools", "jinja2", "markupsafe", "segno"}


def handlers(assembly, *, documents: bool) -> list[str]:
    """Name the modules of the functions that have the rendering layer, or have it not."""
    found = []
    for template in assembly.templates.values():
        for one in template["Resources"].values():
            properties = one.get("Properties", {})
            if not str(properties.get("Handler", "")).startswith("functions."):
                continue
            layers = [layer["Ref"] for layer in properties["Layers"]]
            if any(name.startswith("layerrendering") for name in layers) is documents:
                found.append(properties["Handler"].removesuffix(".lambda_handler"))
    return found


def test_functions_without_the_rendering_layer_start_without_it(assembly) -> None:
    modules = handlers(assembly, documents=False)
    assert len(modules) > 20
    blocked = ";".join(f"sys.modules[{name!r}] = None" for name in sorted(RENDERING))
    script = f"import sys;{blocked};" + ";".join(f"import {name}" for name in modules)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'layers/solde/python'}", "AWS_REGION": "eu-west-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1000:]


def test_documents_and_mails_have_the_rendering_layer(assembly) -> None:
    assert sorted(handlers(assembly, documents=True)) == [
        "functions.chase_overdue.chase",
        "functions.customers.api",
        "functions.dunning.api",
        "functions.invoices.api",
        "functions.pro_formas.api",
        "functions.render_documents.render",
        "functions.send_mail.send",
        "functions.templates.api",
        "functions.web.account",
        "functions.web.back",
        "functions.web.forget",
        "functions.web.invoice",
        "functions.web.pay",
        "functions.web.renew",
        "functions.web.sandbox",
        "functions.web.tell",
    ]


def test_what_the_product_imports_lies_in_a_layer_or_in_the_runtime() -> None:
    imported = set()
    for place in (ROOT / "layers" / "solde", ROOT / "functions"):
        for file in place.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {name.name.split(".")[0] for name in node.names}
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    imported.add(node.module.split(".")[0])
    others = imported - set(sys.stdlib_module_names) - {"solde", "functions"}
    assert others - RUNTIME - LEAN - RENDERING - PAYMENTS - PRINT == set()
    listed = (ROOT / "layers/dependencies/lean.txt").read_text()
    assert all(name.replace("_", "-") in listed for name in LEAN)
    payments = (ROOT / "layers/dependencies/payments.txt").read_text()
    assert all(name in payments for name in PAYMENTS)
    assert (ROOT / "layers/dependencies/print.txt").read_text().split() == sorted(PRINT)
    rendering = (ROOT / "layers/dependencies/rendering.txt").read_text()
    assert all(name in rendering for name in ("babel", "fpdf2", "jinja2", "segno"))


def test_a_release_refuses_layers_that_were_not_built(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(packaging, "BUILD", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"python -m infra\.layers"):
        packaging.dependencies_layer("lean", release=True)


def test_a_layer_that_grew_too_large_is_not_built(tmp_path) -> None:
    (tmp_path / "python").mkdir()
    with (tmp_path / "python" / "large.so").open("wb") as file:
        file.truncate(60 * MEGABYTE)
    assert must_fit("rendering", tmp_path) == 60_000_000
    (tmp_path / "python" / "one").write_bytes(b"1")
    with pytest.raises(ValueError, match="rendering: expected at most 60 MB, found 60000001"):
        must_fit("rendering", tmp_path)


def test_every_layer_has_a_limit_and_those_that_are_built_keep_it() -> None:
    lists = {path.stem for path in packaging.LAYER_LISTS.glob("*.txt")}
    assert lists == set(MOST)
    built = {name: packaging.built_layer(name) for name in lists}
    assert all(must_fit(name, path) for name, path in built.items() if path.exists())


def test_of_babel_only_the_locales_with_words_are_kept(tmp_path) -> None:
    for name in ("root", "fr", "fr_CA", "de_CH", "pt", "fro", "zh_Hant"):
        (tmp_path / f"{name}.dat").write_bytes(b"")
    drop_locales(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["de_CH", "fr", "fr_CA", "root"]
    assert set(packaging.LOCALES) == {*COUNTRIES, "root"}
