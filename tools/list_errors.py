"""List the error codes of the product with what their classes say; docs/errors.md is made of it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((ROOT / "layers").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for one in node.body:
                    if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "code":
                        said = ast.get_docstring(node) or node.name.removesuffix("Error")
                        found.setdefault(str(ast.literal_eval(one.value)), said)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    print("# Errors\n\nEvery refusal carries one of these codes; they are stable.\n")
    print("\n".join(f"## {code}\n\n{said}\n" for code, said in codes().items()), end="")
