"""
Every module of the layer has a test of its own, in the same place; every unit test has a module.

`solde/domain/money.py` ↔ `tests/unit/domain/test_money.py`. Modules without a function (ports,
values, contexts) have nothing to test. Those in TOGETHER are steps of one act: the test that tells
the act is named, and must reach them. The list shrinks.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "layers/solde/python/solde"
UNIT = ROOT / "tests/unit"

RUN = "the steps of a run are told one after the other, each done twice, late, and by two"

HTTP = "proved by requests: what is refused, written and answered"

TOGETHER: dict[tuple[str, str], tuple[str, ...]] = {
    ("tests/unit/workflows/bill_run/test_steps.py", RUN): (
        "workflows/bill_run/approve",
        "workflows/bill_run/cancel",
        "workflows/bill_run/close",
        "workflows/bill_run/issue",
        "workflows/bill_run/open",
        "workflows/bill_run/plan",
        "workflows/bill_run/release",
        "workflows/bill_run/review",
        "workflows/bill_run/seal",
        "workflows/bill_run/sweep",
    ),
    ("tests/unit/adapters/render/xml/test_business_terms.py", "term by term"): (
        "adapters/render/xml/bodies",
        "adapters/render/xml/parties",
    ),
    ("tests/unit/adapters/render/xml/test_cii.py", "line by line"): (
        "adapters/render/xml/cii_lines",
    ),
    ("tests/unit/adapters/render/texts/test_check.py", "by what is taken and refused"): (
        "adapters/render/texts/known",
    ),
    ("tests/unit/adapters/render/texts/test_prove.py", "letter by letter"): (
        "adapters/render/texts/letters",
    ),
    ("tests/functions/test_templates.py", HTTP): (
        "runtime/looks",
        "workflows/define_template",
    ),
    ("tests/functions/test_template_previews.py", HTTP): ("runtime/trial",),
    ("tests/functions/test_custom_fields.py", HTTP): ("runtime/custom_fields",),
    ("tests/functions/test_adjustments.py", HTTP): (
        "runtime/by_hand",
        "workflows/adjust",
        "workflows/one_off",
    ),
    ("tests/functions/test_credit_notes.py", HTTP): ("workflows/credit_note", "workflows/held"),
    ("tests/functions/test_statement.py", HTTP): ("storage/statements",),
    ("tests/functions/test_pro_formas.py", HTTP): (
        "runtime/downloads",
        "storage/pro_formas",
        "workflows/make_pro_forma",
    ),
    ("tests/functions/test_invoice_plans.py", HTTP): ("workflows/plan_invoices",),
    ("tests/functions/test_books.py", HTTP): (
        "ports/books",
        "runtime/books",
        "workflows/close_books",
    ),
    ("tests/functions/test_accruals.py", HTTP): ("workflows/accrue_usage",),
    ("tests/functions/test_apply_credit.py", HTTP): ("workflows/apply_credit",),
    ("tests/unit/workflows/test_send_mail.py", "what a mail leaves behind"): ("storage/sendings",),
    ("tests/golden/test_keys.py", "key by key"): ("storage/index_keys", "storage/sending_keys"),
    ("tests/unit/workflows/test_chase_overdue.py", "case by case"): ("ports/dunning",),
    ("tests/functions/test_webhook_endpoints.py", HTTP): ("runtime/endpoints",),
    ("tests/functions/test_deliveries.py", HTTP): (
        "runtime/deliveries",
        "runtime/reach",
        "workflows/ask_delivery",
    ),
    ("tests/unit/workflows/print_documents/test_bundle.py", "what a day has of it"): (
        "storage/printing",
    ),
    ("tests/functions/test_refunds.py", HTTP): ("storage/refunds", "workflows/refund_payment"),
    ("tests/functions/test_attempts.py", HTTP): (
        "adapters/sandbox/gateway",
        "runtime/collect",
        "runtime/payments",
        "storage/attempts",
        "workflows/collect_payment",
        "workflows/tell_attempt",
    ),
    ("tests/contracts/test_gateways.py", "what every provider promises, case by subject"): (
        "adapters/bank/gateway",
        "adapters/paypal/gateway",
        "adapters/stripe/gateway",
    ),
    ("tests/unit/workflows/test_compare_payments.py", "with what is booked by it"): (
        "storage/fees",
    ),
    ("tests/functions/test_webhook.py", HTTP): ("adapters/one_reading", "runtime/delivered"),
    ("tests/functions/test_payment_methods.py", HTTP): ("workflows/payment_methods",),
    ("tests/functions/test_bank.py", HTTP): (
        "runtime/banking",
        "storage/bank",
        "workflows/assign_transfer",
        "workflows/receive_statement",
    ),
    ("tests/unit/adapters/bank/test_camt053.py", "by what is taken and refused"): (
        "adapters/bank/xml",
    ),
    ("tests/functions/test_debits.py", HTTP): (
        "runtime/debits",
        "storage/debits",
        "workflows/hear_return",
        "workflows/sign_mandate",
        "workflows/write_debits",
    ),
    ("tests/functions/test_pages.py", HTTP): (
        "adapters/render/pages/bar",
        "adapters/render/pages/pay",
        "adapters/render/pages/result",
        "adapters/render/pages/shell",
        "runtime/visits",
        "workflows/pay_invoice",
        "workflows/say_sandbox",
    ),
    ("tests/functions/test_account.py", HTTP): (
        "adapters/render/pages/account",
        "runtime/accounts",
        "runtime/statements",
    ),
    ("tests/functions/test_tell.py", HTTP): (
        "adapters/render/pages/talk",
        "workflows/tell_notice",
    ),
    ("tests/functions/test_paypal.py", HTTP): ("runtime/paypal",),
    ("tests/functions/test_deposits.py", HTTP): (
        "runtime/deposits",
        "storage/deposits",
        "workflows/deposit",
    ),
    ("tests/functions/test_wallets_sold.py", HTTP): ("workflows/sell_top_up",),
    ("tests/functions/test_wallets.py", HTTP): ("workflows/wallets",),
    ("tests/functions/test_refills.py", HTTP): ("workflows/refill",),
    ("tests/functions/test_gifts.py", HTTP): ("workflows/gifts",),
    ("tests/functions/test_late_charges.py", HTTP): ("workflows/late_charges",),
    ("tests/functions/test_waivers.py", HTTP): ("workflows/waive",),
    ("tests/functions/test_write_off.py", HTTP): ("workflows/write_off",),
    ("tests/functions/test_settlement.py", HTTP): ("storage/settling", "storage/withdrawals"),
    ("tests/functions/test_separate.py", HTTP): ("workflows/separate",),
    ("tests/functions/test_billing_marks.py", HTTP): ("workflows/billing_marks",),
    ("tests/functions/test_children.py", HTTP): (
        "workflows/change_payer",
        "workflows/preview_payer",
    ),
}
STORIES = {
    "domain/credit/remains_by_hand": "what is left of documents that are written by hand",
    "domain/explanation/tree_whole": "trees field by field, told apart for their length",
    "domain/invoicing/allowances_in_turn": "discounts over documents, told apart for its length",
    "domain/invoicing/document_whole": "documents field by field, told apart for its length",
    "domain/invoicing/sendable_said": "what is lacking, in its words, told apart for its length",
    "domain/invoicing/plan_parts": "what few customers have in a plan, told apart for its length",
    "domain/invoicing/plan_growth": "what a plan costs when it grows, told apart for its length",
    "domain/invoicing/taken_of": "what charges take back, told apart for its length",
    "domain/settlement/deposit_laws": "deposits whatever comes, told apart for its length",
    "domain/rating/versions_back": "versions that come back, told apart for their length",
    "domain/periods_zones": "where the days of periods begin and end, told apart for its length",
    "adapters/stripe/event_files": "deliveries with all their fields, told apart for their number",
    "workflows/bill_run/steps": RUN,
    "workflows/settling_story": "credit notes, payments and what goes back, in whatever order",
    "workflows/bill_run/story": "a year of two customers, as a bookkeeper would check it",
}
"""Unit tests that are of no one module."""

MODULES = {
    str(file.relative_to(LAYER).with_suffix("")): file
    for file in LAYER.rglob("*.py")
    if file.name != "__init__.py"
}
TWINS = {
    str(file.relative_to(UNIT).with_name(file.stem.removeprefix("test_")))
    for file in UNIT.rglob("test_*.py")
}
ELSEWHERE = {module for modules in TOGETHER.values() for module in modules}


def has_nothing_to_test(source: str) -> bool:
    """Tell whether no function of a module has a body: values, and what Protocols promise."""
    tree = ast.parse(source)
    promised = {
        node
        for found in ast.walk(tree)
        if isinstance(found, ast.ClassDef) and any("Protocol" in ast.dump(b) for b in found.bases)
        for node in found.body
    }
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    return not any(isinstance(one, functions) and one not in promised for one in ast.walk(tree))


def test_every_module_has_a_twin() -> None:
    lonely = MODULES.keys() - TWINS - ELSEWHERE
    assert sorted(one for one in lonely if not has_nothing_to_test(MODULES[one].read_text())) == []


def test_every_unit_test_has_a_module() -> None:
    assert sorted(TWINS - MODULES.keys() - STORIES.keys()) == []


def test_an_exemption_that_is_not_needed_any_more_goes() -> None:
    assert sorted(ELSEWHERE & TWINS) == []
    assert sorted(ELSEWHERE - MODULES.keys()) == []
    assert sorted(STORIES.keys() & MODULES.keys()) == []
    assert sorted(STORIES.keys() - TWINS) == []
    assert all(reason for _, reason in TOGETHER)


def imported(file: Path) -> Iterator[str]:
    """Name the modules that a file asks for, by `import a.b` or `from a import b`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@cache
def reached(file: Path, room: str = "") -> frozenset[str]:
    """
    Return what a test asks for: itself, by what stands beside it or in tests/support.

    A module of `room` that is asked for brings along those of the same room that it asks for.
    """
    found, seen = set[str](), set[Path]()
    waiting = [file, file.parent / "conftest.py"]
    while waiting:
        one = waiting.pop()
        if one in seen or not one.exists():
            continue
        seen.add(one)
        for name in imported(one):
            found.add(name)
            if name.startswith(("tests.support.", "functions.")):
                waiting.append(ROOT / f"{name.replace('.', '/')}.py")
            elif room and name.startswith(room):
                waiting.append(LAYER.parent / f"{name.replace('.', '/')}.py")
    return frozenset(found)


@pytest.mark.parametrize(
    ("test", "module"),
    [(test, module) for (test, _), modules in TOGETHER.items() for module in modules],
)
def test_who_stands_in_for_a_twin_reaches_the_module(test: str, module: str) -> None:
    name = f"solde.{module.replace('/', '.')}"
    assert name in reached(ROOT / test, name.rpartition(".")[0])


def handlers() -> Mapping[str, list[str]]:
    """Return the modules of each folder of functions/."""
    files = sorted((ROOT / "functions").glob("*/*.py"))
    found: dict[str, list[str]] = {}
    for file in files:
        if file.name != "__init__.py":
            found.setdefault(file.parent.name, []).append(
                f"functions.{file.parent.name}.{file.stem}"
            )
    return found


@pytest.mark.parametrize(("folder", "modules"), handlers().items())
def test_every_handler_is_asked_for_by_a_test_of_functions(folder, modules) -> None:
    tests = (ROOT / "tests/functions").glob("test_*.py")
    asked = {name for test in tests for name in reached(test)}
    assert [one for one in modules if one not in asked] == []


def test_the_eye_of_this_test_sees() -> None:
    assert has_nothing_to_test("class A(Protocol):\n    def f(self): ...\nX = 1")
    assert not has_nothing_to_test("class A:\n    def f(self): ...")
    assert not has_nothing_to_test("X = sorted((), key=lambda one: -one)")
    assert len(MODULES) > 180
    assert len(TWINS) > 150
