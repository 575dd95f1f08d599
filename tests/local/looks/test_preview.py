"""`solde templates preview`: a page and a PDF, or one sentence that says what is wrong."""

import json
from io import BytesIO

import pypdf
import pytest
from typer.testing import CliRunner

from local.cli import app
from local.looks.preview import NoPreviewError, Wanted, previewed

LAYER = {
    "entity": "FR",
    "since": "2026-12-01",
    "colours": {"accent": "#8a1f4d"},
    "blocks": [{"place": "footer", "text": "{{ customer.name }}: {{ document.ship_to }}"}],
}


def written(tmp_path, body: object):
    path = tmp_path / "layer.json"
    path.write_text(body if isinstance(body, str) else json.dumps(body), encoding="utf-8")
    return path


def test_a_sample_is_set_and_what_it_lacks_is_marked(tmp_path) -> None:
    layer = written(tmp_path, LAYER)
    asked = ["templates", "preview", "--out", str(tmp_path), "--template", str(layer)]
    done = CliRunner().invoke(app, [*asked, "--language", "fr"])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "preview-fr.html").read_text(encoding="utf-8")
    assert "--accent:#8a1f4d" in page
    assert "[? document.ship_to]" in page
    paper = pypdf.PdfReader(BytesIO((tmp_path / "preview-fr.pdf").read_bytes()))
    assert "[? document.ship_to]" in paper.pages[0].extract_text()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "Invalid JSON"),
        ({**LAYER, "color": "x"}, "/color: Extra inputs"),
        ({**LAYER, "colours": {"accent": "red"}}, "/colours/accent: colours: expected six digits"),
        ({**LAYER, "blocks": [{"place": "footer", "text": "{{ x }}"}]}, "/blocks/0/text: line 1"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(tmp_path, body, said) -> None:
    with pytest.raises(NoPreviewError, match=said):
        list(previewed(Wanted("en", [written(tmp_path, body)]), tmp_path))


def test_a_picture_and_a_language_are_looked_at_first(tmp_path) -> None:
    with pytest.raises(NoPreviewError, match="expected a PNG or JPEG"):
        list(previewed(Wanted("en", logo=written(tmp_path, LAYER)), tmp_path))
    with pytest.raises(NoPreviewError, match="expected one of de, en"):
        list(previewed(Wanted("xx"), tmp_path))
