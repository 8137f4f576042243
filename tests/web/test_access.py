"""Every address asked as everyone: signed out, in each role, as a stranger. A new address without its row fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from razpis.procedure.states import CallState
from tests.world import STRANGER, Visitors, World

pytestmark = pytest.mark.slow

NOBODY = "nobody"
VISITORS: Mapping[str, str | None] = {
    NOBODY: None,
    "officer": "sektor@zgled.si",
    "signatory": "podpis@zgled.si",
    "registry": "vlozisce@zgled.si",
    "president": "predsednica@zgled.si",
    "member": "clan@zgled.si",
    "auditor": "revizija@zgled.si",
    "administrator": "skrbnik@zgled.si",
    "second_instance": "zupan@zgled.si",
    "applicant": "drustvo@zgled.si",
    "stranger": STRANGER,
    "newcomer": "novo@zgled.si",
}
EVERYONE = frozenset(VISITORS)
SIGNED_IN = EVERYONE - {NOBODY}
UNOFFICIAL = frozenset({"applicant", "stranger", "newcomer"})
OWNER = frozenset({"applicant"})
OFFICER, SIGNATORY, ADMINISTRATOR = frozenset({"officer"}), frozenset({"signatory"}), frozenset({"administrator"})
REGISTRY = frozenset({"registry"})
DECIDING = OFFICER | REGISTRY
READERS = DECIDING | {"auditor"}
CALL_READERS = OFFICER | SIGNATORY | {"auditor"}
FILE_READERS = OFFICER | {"second_instance", "auditor"}
PRESIDENT = frozenset({"president"})
COMMISSION = PRESIDENT | {"member"}
JOURNAL = OFFICER | ADMINISTRATOR | {"auditor"}

# Who may come in, by endpoint; where sending (POST) is for fewer than looking, both are written.
WHO: dict[str, frozenset[str] | tuple[frozenset[str], frozenset[str]]] = {
    "static": EVERYONE,
    "public.accessibility": EVERYONE,
    "public.privacy": EVERYONE,
    "public.calls": EVERYONE,
    "public.call": EVERYONE,  # whoever asks without signing in is told to do so
    "public.call_rules": EVERYONE,
    "public.call_rulebook": EVERYONE,
    "public.call_version": EVERYONE,
    "public.call_contract": EVERYONE,
    "results.call": EVERYONE,
    "results.application": frozenset(),  # no results are shown in this world; the pages have tests of their own
    "results.decision": frozenset(),
    "results.table": frozenset(),
    "results.evaluation": frozenset(),
    "results.verification": frozenset(),
    **dict.fromkeys(("published.last", "published.version", "published.pdf"), EVERYONE),
    **dict.fromkeys(("published.table", "published.data", "feeds.news"), EVERYONE),
    **dict.fromkeys(("verification.entry", "verification.one"), EVERYONE),
    "auth.sign_in": EVERYONE,
    "auth.sign_out": EVERYONE,
    "auth.register": EVERYONE,
    "auth.confirm": EVERYONE,
    "auth.forgotten": EVERYONE,
    "auth.reset": EVERYONE,
    "auth.account": SIGNED_IN,
    "auth.end": frozenset(),  # each only their own, of which the addresses here name none
    "oidc.start": frozenset(),  # not set up here; tests/web/test_oidc.py sets it up
    "oidc.back": frozenset(),
    "home.first": SIGNED_IN,
    "organisations.mine": UNOFFICIAL,
    "organisations.start": UNOFFICIAL,
    "organisations.add": UNOFFICIAL,
    "organisations.claim": UNOFFICIAL,
    "organisations.one": OWNER,
    "organisations.change": OWNER,
    "organisations.file": OWNER,
    "organisations.offer": OWNER,
    "organisations.revoke": OWNER,
    "organisations.withdraw": OWNER,
    "organisations.accept": frozenset({"newcomer"}),
    "organisations.decline": frozenset({"newcomer"}),
    "organisations.add_representative": OWNER,
    "organisations.end_representative": OWNER,
    "organisations.add_status": OWNER,
    "organisations.end_status": OWNER,
    "applications.mine": SIGNED_IN,
    "applications.start": SIGNED_IN,
    "applications.tasks": OWNER,
    "applications.topic": OWNER,
    "applications.save": OWNER,
    "applications.check": OWNER,
    "applications.file": OWNER,
    "applications.withdraw": OWNER,
    "applications.receipt": OWNER,
    "applications.receipt_pdf": OWNER,
    "applications.content": OWNER,
    "applications.renounce": OWNER,
    "applications.inspection": OWNER,
    "applicants.listed": READERS,
    "applicants.one": READERS,
    "applicants.file": READERS,
    "applicants.waiting": DECIDING,
    "applicants.confirm": DECIDING,
    "applicants.refuse": DECIDING,
    "applicants.revoke": DECIDING,
    "registry.calls": REGISTRY,
    "registry.envelopes_of_call": REGISTRY,
    "registry.enter": REGISTRY,
    "registry.receipt": REGISTRY,
    "transcripts.listed": DECIDING,
    # The envelope of this world is closed: whoever may type it in is told so (409), everybody else sent away.
    **dict.fromkeys(("transcripts.one", "transcripts.applicant", "transcripts.topic", "transcripts.file"), DECIDING),
    "transcripts.save": DECIDING,
    "accounts.listed": ADMINISTRATOR,
    "accounts.one": ADMINISTRATOR,
    "accounts.invite": ADMINISTRATOR,
    "accounts.close": ADMINISTRATOR,
    "functionaries.listed": OFFICER,
    "functionaries.take_in": OFFICER,
    "functionaries.remove": OFFICER,
    "calls.index": CALL_READERS,
    "calls.show": CALL_READERS,
    "calls.new": OFFICER,
    "calls.copy": OFFICER,
    "calls.terms": OFFICER,
    "calls.carried": (CALL_READERS, OFFICER),
    "calls.contract": (CALL_READERS, OFFICER),
    "calls.contract_file": CALL_READERS,
    "calls.legal": (CALL_READERS, OFFICER),
    "calls.rules_editor": (CALL_READERS, OFFICER),
    "calls.rules_text": (CALL_READERS, OFFICER),
    "calls.rules_file": CALL_READERS,
    "calls.rules_preview": CALL_READERS,
    "calls.commission": (CALL_READERS, OFFICER),
    "calls.appoint": OFFICER,
    "calls.release": OFFICER,
    "calls.questions": CALL_READERS,
    "calls.answer": OFFICER,
    "calls.send_to_review": OFFICER,
    "calls.approve": SIGNATORY,
    "calls.return_to_draft": SIGNATORY,
    "calls.publish": OFFICER,
    "calls.amend": OFFICER,
    "calls.suspend": SIGNATORY,
    "calls.resume": SIGNATORY,
    "calls.cancel": SIGNATORY,
    "commission.mine": COMMISSION,
    "commission.sheet": COMMISSION,
    "exclusions.index": SIGNATORY | OFFICER | {"president", "auditor"},
    "exclusions.listed": SIGNATORY | OFFICER | {"president", "auditor"},
    "exclusions.decide": frozenset(),  # nobody declared a conflict in this world; the service's tests do
    "sittings.listed": COMMISSION,
    "sittings.start": PRESIDENT,
    "sittings.attend": PRESIDENT,
    "sittings.end": PRESIDENT,
    "sittings.unseal": PRESIDENT,
    "sittings.finish": PRESIDENT,
    "sittings.record": (COMMISSION | CALL_READERS, PRESIDENT),
    "sittings.sign": frozenset(),  # only the minutes one has read, named by their hash
    "checking.listed": COMMISSION,
    "checking.one": (COMMISSION, frozenset()),  # without a decision there is nothing to send
    "checking.file": COMMISSION,
    "checking.start_scoring": PRESIDENT,
    "findings.one": (COMMISSION, frozenset()),
    "marking.listed": COMMISSION,
    "marking.one": COMMISSION,
    "marking.save": COMMISSION,
    "marking.across": COMMISSION,
    "marking.save_across": COMMISSION,
    "marking.lock": COMMISSION,
    "marking.lock_round": COMMISSION,
    "agreeing.listed": COMMISSION,
    "agreeing.one": COMMISSION,
    "agreeing.spread": COMMISSION,
    "agreeing.agree": frozenset(),  # nothing is open to agree on any more
    "agreeing.open_for_missing": COMMISSION,
    "agreeing.call_in": COMMISSION,
    "agreeing.reopen": COMMISSION,
    "runs.result": COMMISSION,
    "runs.one": COMMISSION,
    "runs.seed": COMMISSION,
    "runs.compute": PRESIDENT,
    "runs.draw": PRESIDENT,
    "whatif.desk": OFFICER | {"president"},
    "whatif.one": frozenset(),
    "proposing.listed": COMMISSION,
    "proposing.one": COMMISSION,
    "proposing.prepare": COMMISSION,
    "proposing.submit": COMMISSION,
    "corrections.listed": CALL_READERS,
    "corrections.approve": frozenset(),  # no correction is drafted in this world; the pages have tests of their own
    "corrections.make": frozenset(),
    "corrections.issue": frozenset(),
    "decisions.correction": frozenset(),
    "decisions.earlier": frozenset(),
    "renewals.listed": CALL_READERS,
    # Nothing is remitted in this world; the pages of a decision taken anew have tests of their own.
    **dict.fromkeys(
        ("renewals.draft", "renewals.approve", "renewals.issue", "renewals.drop", "renewals.leave"), frozenset()
    ),
    "renewals.make": frozenset(),
    "releases.outbox": CALL_READERS,
    "releases.draft": OFFICER,
    "releases.file": CALL_READERS,
    "releases.several": OFFICER | SIGNATORY,
    "releases.approve": SIGNATORY,
    "releases.drop": OFFICER | SIGNATORY,
    "releases.give_back": SIGNATORY,
    "releases.make": OFFICER | SIGNATORY,
    "releases.issue": SIGNATORY,
    "releases.signed": OFFICER | SIGNATORY,
    "decision_terms.edit": OFFICER,
    "stops.listed": DECIDING | CALL_READERS,
    "stops.record": DECIDING,
    "remedies.listed": CALL_READERS,
    "remedies.record": OFFICER,
    "remedies.nothing": OFFICER,
    "remedies.annul": SIGNATORY,
    "remedies.finish": OFFICER,
    "deliveries.listed": DECIDING | CALL_READERS,
    "deliveries.dispatch": DECIDING,
    "deliveries.record": DECIDING,
    "deliveries.finish": OFFICER,
    "decisions.own": OWNER,
    "decisions.pdf": OWNER,
    "proposals.waiting": CALL_READERS,
    "proposals.one": CALL_READERS,
    "proposals.line": CALL_READERS,
    "proposals.accept": SIGNATORY,
    "proposals.give_back": SIGNATORY,
    "office_days.listed": READERS,
    "office_days.close": OFFICER,
    "office_days.suspend": OFFICER,
    "office_days.reopen": frozenset(),  # nothing is entered in this world
    "office_days.resume": frozenset(),
    "papers.listed": CALL_READERS | COMMISSION,
    "papers.one": CALL_READERS | COMMISSION,
    "papers.correct": OFFICER,
    "papers.drop": frozenset(),  # nothing is being corrected in this world
    "serving.listed": DECIDING,
    "serving.record": frozenset(),
    "serving.letter": frozenset(),
    "serving.arrivals": REGISTRY,
    "serving.enter": frozenset(),
    "applications.supplement": frozenset(),
    "applications.supplement_file": frozenset(),
    "applications.supplement_request": frozenset(),
    "publications.desk": CALL_READERS,
    "publications.publish": OFFICER,
    **dict.fromkeys(("contents.listed", "contents.one", "contents.file"), frozenset({"auditor"})),
    **dict.fromkeys(("dossiers.calls", "dossiers.listed", "dossiers.whole", "dossiers.redacted"), FILE_READERS),
    "journal.events": JOURNAL,
    "journal.check": JOURNAL,
    "journal.spreadsheet": JOURNAL,
    "journal.readings": ADMINISTRATOR | {"auditor"},
}

# Which call an address is tried with, where it is not the one that takes applications.
STATES: dict[str, CallState] = {
    "calls.approve": CallState.IN_REVIEW,
    "calls.return_to_draft": CallState.IN_REVIEW,
    "calls.resume": CallState.SUSPENDED,
    **dict.fromkeys(
        ("calls.terms", "calls.legal", "calls.rules_editor", "calls.rules_text", "calls.send_to_review"),
        CallState.DRAFT,
    ),
    **dict.fromkeys(("calls.carried", "calls.contract", "calls.contract_file"), CallState.DRAFT),
    **dict.fromkeys(("calls.commission", "calls.appoint", "calls.release"), CallState.DRAFT),
    "calls.publish": CallState.CONFIRMED,
    **dict.fromkeys(("commission.sheet", "checking.listed", "checking.one", "checking.file"), CallState.CHECKING),
    **dict.fromkeys(("sittings.listed", "sittings.start", "sittings.attend", "sittings.end"), CallState.CHECKING),
    **dict.fromkeys(("sittings.unseal", "sittings.finish", "checking.start_scoring"), CallState.CHECKING),
    **dict.fromkeys(("sittings.record", "sittings.sign", "exclusions.listed", "findings.one"), CallState.CHECKING),
    **dict.fromkeys(("marking.listed", "marking.one", "marking.save", "marking.lock"), CallState.SCORING),
    **dict.fromkeys(("marking.lock_round", "marking.across", "marking.save_across"), CallState.SCORING),
    "runs.seed": CallState.SCORING,
    **dict.fromkeys(("agreeing.listed", "agreeing.one", "agreeing.spread", "agreeing.agree"), CallState.PROPOSED),
    "agreeing.open_for_missing": CallState.PROPOSED,
    **dict.fromkeys(("agreeing.call_in", "agreeing.reopen", "runs.result", "runs.one"), CallState.PROPOSED),
    **dict.fromkeys(("runs.compute", "runs.draw", "whatif.desk", "whatif.one"), CallState.PROPOSED),
    **dict.fromkeys(("proposing.listed", "proposing.one", "proposing.prepare"), CallState.PROPOSED),
    **dict.fromkeys(("proposing.submit", "proposals.one", "proposals.line", "proposals.accept"), CallState.PROPOSED),
    "proposals.give_back": CallState.PROPOSED,
    **dict.fromkeys(("releases.outbox", "releases.draft", "releases.file", "releases.several"), CallState.DECIDING),
    **dict.fromkeys(("releases.approve", "releases.drop", "releases.make", "releases.issue"), CallState.DECIDING),
    **dict.fromkeys(("releases.signed", "decision_terms.edit", "deliveries.listed"), CallState.DECIDING),
    **dict.fromkeys(("corrections.listed", "corrections.approve", "corrections.issue"), CallState.DECIDING),
    **dict.fromkeys(("stops.listed", "stops.record", "releases.give_back"), CallState.DECIDING),
    **dict.fromkeys(("remedies.listed", "remedies.record", "remedies.nothing", "remedies.finish"), CallState.DECIDING),
    **dict.fromkeys(("remedies.annul", "renewals.listed"), CallState.DECIDING),
    **dict.fromkeys(("deliveries.dispatch", "deliveries.record", "deliveries.finish"), CallState.DECIDING),
    **dict.fromkeys(("papers.listed", "papers.one"), CallState.PROPOSED),
    **dict.fromkeys(("contents.listed", "contents.one", "contents.file"), CallState.CHECKING),
}
# Which application, where it is not the draft.
FILED = ("applications.receipt", "applications.receipt_pdf", "applications.content", "applications.file")


# Addresses of the call whose results are published, or of its applications.
PUBLISHED_RESULTS = ("published.", "publications.", "dossiers.", "applications.inspection")


def arguments(rule: Rule, world: World) -> dict[str, Any]:
    """What stands in the address for each of its names."""
    ids = world.ids
    named = {
        **ids,
        "call": ids["states"][STATES.get(rule.endpoint, CallState.PUBLISHED)],
        "key": ids["filed" if rule.endpoint in FILED else "draft"],
        "file": ids["attached"],
        "filename": "css/razpis.css",
        "token": "ni-take",
        "topic": "programme",
        "number": 1,
        "login": 10_000,
        "application": "V-01",
        "person": ids["user"],
        "criterion": "need",
        "kind": "start",
        "which": "1",
        "tie": "1",
        "declaration": 10_000,
        "code": "ni-take",
        "request_id": 10_000,
    }
    state = STATES.get(rule.endpoint)
    if state in ids["worked"]:
        named |= ids["worked"][state]
    if rule.endpoint.startswith(("registry.", "transcripts.")):
        named["key"] = ids["envelope"]
    if rule.endpoint.startswith(PUBLISHED_RESULTS):
        named |= ids["published_results"]
    if rule.endpoint == "verification.one":
        named["key"] = ids["published_results"]["code"]
    if rule.endpoint in ("releases.file", "releases.signed", "deliveries.record", "remedies.record", "remedies.annul"):
        named["key"] = ids["issued"]["act"]
    if rule.endpoint.startswith("decisions.") or rule.endpoint == "stops.record":
        named["key"] = ids["issued"]["application"]
    if rule.endpoint in ("organisations.file", "applicants.file"):
        named["key"] = ids["evidence"]
    return {name: named[name] for name in rule.arguments}


def comes_in(client: FlaskClient, method: str, address: str) -> bool:
    """Whether the door opens: what happens inside (a form with errors, a refusal with its reason) is not asked here."""
    response = client.open(address, method=method, data={} if method == "POST" else None)
    response.close()
    assert response.status_code < 500, (method, address, response.text)
    to_the_door = response.status_code == 302 and response.headers["Location"].partition("?")[0] == "/prijava"
    turned_away = to_the_door and not address.startswith(("/racun/potrditev", "/geslo", "/prijava"))
    return not turned_away and response.status_code not in (401, 403, 404, 405)


def test_every_address_has_its_row_and_every_row_its_address(visitors: Visitors) -> None:
    known = {rule.endpoint for rule in visitors.app.url_map.iter_rules()}
    assert (known - WHO.keys(), WHO.keys() - known) == (set(), set())


@pytest.mark.parametrize("endpoint", sorted(WHO))
def test_only_those_named_come_in(endpoint: str, world: World, visitors: Visitors) -> None:
    app = visitors.app
    row = WHO[endpoint]
    looking, sending = row if isinstance(row, tuple) else (row, row)
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            with app.test_request_context():
                address = app.url_for(endpoint, **arguments(rule, world))
            found = set()
            for name, email in VISITORS.items():
                if method == "POST":
                    visitors.anew()
                if comes_in(visitors(email), method, address):
                    found.add(name)
            assert (method, address, found) == (method, address, set(looking if method == "GET" else sending))


def test_the_auditor_can_send_nothing_but_what_anyone_may(visitors: Visitors) -> None:
    posted = {rule.endpoint for rule in visitors.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    sendable = {one for one, row in WHO.items() if "auditor" in (row[1] if isinstance(row, tuple) else row)} & posted
    assert {one for one in sendable if not one.startswith(("auth.", "oidc."))} == {
        *("public.call", "applications.start"),
        *("verification.entry", "verification.one"),
    }
