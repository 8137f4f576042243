"""How heavy the commission's pages are: a hundred applications by twelve criteria, and many as quick as few."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from razpis.procedure.states import CallState
from razpis.services.examination import minutes
from razpis.services.marking import mark_locks
from razpis.services.proposing import proposals, runs, whatif
from razpis.services.sitting import sittings
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, person
from tests.people import signed_in
from tests.queries import counted
from tests.web.commission.test_marking import MEMBER, PRESIDENT, base, round_of


def weigh(app: Flask, client: FlaskClient, address: str) -> tuple[int, int]:
    """Statements sent for a page, and its size in bytes."""
    with app.app_context(), counted() as sent:
        page = client.get(address)
        assert page.status_code == 200, page.text
    return len(sent), len(page.data)


def test_a_hundred_applications_by_twelve_criteria_stay_light(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 100, made.twelve())
        made.filled(clock, call, made.apart(100))
    member, president = signed_in(app, MEMBER), signed_in(app, PRESIDENT)
    paths = ("ocenjevanje/", f"ocenjevanje/{key(7)}", "ocenjevanje/merila/quality/vloge", "ocenjevanje/zakleni")
    open_pages = {path: weigh(app, member, f"{base(call)}/{path}") for path in paths}
    paths = ("preizkus/", f"preizkus/{key(7)}", f"dejstva/{key(7)}", "ocenjevanje/zakleni-krog")
    open_pages |= {path: weigh(app, president, f"{base(call)}/{path}") for path in paths}
    with app.app_context():
        made.seeded(clock, call)
        mark_locks.lock_round(person(clock, call.president), call.call, clock())
        paths = result_paths(clock, call)
    open_pages |= {path: weigh(app, president, f"{base(call)}/{path}") for path in paths}
    with app.app_context():
        sitting = sittings.end(person(clock, call.president), call.call, clock())
        minutes.draft(person(clock, call.president), sitting, "", clock())
        proposals.submit(person(clock, call.president), call.call, 1, clock())
    head = signed_in(app, "podpisnik@zgled.si")
    paths = ("seje/", f"seje/{sitting}/zapisnik", "izjave")
    open_pages |= {path: weigh(app, president, f"{base(call)}/{path}") for path in paths}
    for address in ("/predlogi/", f"/predlogi/{call.call}/1", f"/predlogi/{call.call}/1/vloga/{key(7)}"):
        open_pages[address] = weigh(app, head, address)
    assert {path: size for path, (_, size) in open_pages.items() if size > 300_000} == {}
    assert {path: count for path, (count, _) in open_pages.items() if count > 45} == {}


def result_paths(clock: Clock, call: made.Made) -> tuple[str, ...]:
    """The pages from agreeing to the proposal, with a result, a simulation and a proposal that all have signed."""
    president = person(clock, call.president)
    made.meeting(clock, call)
    run = runs.compute(president, call.call, clock())
    tried = whatif.simulate(president, call.call, {"budget": "5000"}, clock())
    number = proposals.prepare(president, call.call, run, clock())
    for who in call.voters:
        proposals.sign(person(clock, who), call.call, number, "", clock())
    return (
        "usklajevanje/",
        f"usklajevanje/{key(1)}",
        f"usklajevanje/{key(1)}/odpri/{call.members[0]}",
        f"usklajevanje/{key(1)}/clan",
        "usklajevanje/razprsenost",
        "izid/",
        f"izid/{key(1)}",
        "izid/seme",
        "simulacije/",
        f"simulacije/{tried}",
        f"simulacije/{tried}?imena=da",
        "predlog/",
        f"predlog/priprava/{run}",
        f"predlog/{number}",
        f"predlog/{number}/predaja",
    )


def test_the_number_of_statements_does_not_grow_from_agreeing_to_the_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 3, made.twelve())
        made.locked(clock, call, made.apart(3))
        paths = result_paths(clock, call)
    client = signed_in(app, PRESIDENT)
    before = [weigh(app, client, f"{base(call)}/{path}")[0] for path in paths]
    with app.app_context():
        made.call(call).state = CallState.SCORING
        more = made.more(clock, call, 12)
        made.filled(clock, more, made.apart(15)[3:], first=3)
        mark_locks.lock_round(person(clock, more.president), more.call, clock())
        assert made.states(more) == ["scored"] * 15
        paths = result_paths(clock, more)
    after = [weigh(app, client, f"{base(call)}/{path}")[0] for path in paths]
    assert dict(zip(paths, after, strict=True)) == dict(zip(paths, before, strict=True))


def test_the_number_of_statements_does_not_grow(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 3, made.twelve())
        made.filled(clock, call, made.tall(3))
    client = signed_in(app, MEMBER)
    paths = ["ocenjevanje/", f"ocenjevanje/{key(1)}", "usklajevanje/", "usklajevanje/razprsenost"]
    paths.append("ocenjevanje/merila/quality/vloge")
    before = [weigh(app, client, f"{base(call)}/{path}")[0] for path in paths]
    with app.app_context():
        more = made.more(clock, call, 12)
        assert len(more.applications) == 15
        made.filled(clock, more, made.tall(15)[3:], first=3)
    assert [weigh(app, client, f"{base(call)}/{path}")[0] for path in paths] == before
