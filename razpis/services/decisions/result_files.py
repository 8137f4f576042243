"""Published results as files: the notice as PDF, the table as CSV, the content as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from razpis.assets import ASSETS
from razpis.documents.extras import Attachment, Extras
from razpis.documents.legal_text import LegalTexts
from razpis.documents.result_list import UNKNOWN, LotResults, Other, Recipient, ResultList, load_result_list_texts
from razpis.documents.result_list_pdf import render_result_list
from razpis.engine import money
from razpis.engine.problems import Text
from razpis.engine.wording import Speaker
from razpis.exports.published_csv import published_csv
from razpis.models.base import canonical
from razpis.models.calls import Call
from razpis.models.documents import Publication
from razpis.procedure import numbering
from razpis.procedure.deadlines import local_time
from razpis.services.applications.receipts import moment
from razpis.services.decisions import act_numbers, terms
from razpis.services.decisions.result_content import NAMED, NO_NUMBERS, OUTCOME_WORDS

PDF, CSV, JSON = "application/pdf", "text/csv; charset=utf-8", "application/json"
_SPEAKER = Speaker("sl")


def next_number(call: Call) -> str:
    """The number of the next notice on ``call``, within the running transaction: in the series of the case's
    documents (Uredba o upravnem poslovanju, 6. člen), never in that of one applicant."""
    said = terms.of_call(call)
    pattern = numbering.DOCUMENT if "{applicant" in said.pattern else said.pattern
    return act_numbers.following(replace(said, pattern=pattern), None)


def pdf(call: Call, made: Publication, number: str, replaces: str, address: str, code: str) -> bytes:
    """The notice; the same publication gives the same bytes. JSON and CSV are embedded in it."""
    said = terms.of_call(call)
    content = made.content
    notice = ResultList(
        authority=said.authority,
        units=said.units,
        address=" · ".join(filter(None, (said.address, said.email))),
        place=said.place,
        number=number,
        call=content["call"]["sl"],
        reference=content["call"]["reference"],
        year=content["call"]["year"],
        day=local_time(made.published_at).date(),
        at=moment(made.published_at, "sl"),
        version=made.number,
        reason=made.reason,
        replaces=replaces,
        final=made.final,
        named=content["names"] == "all",
        budget=_euros(content["budget"]),
        awarded=_euros(content["awarded"]),
        counts=(
            f"Prejete vloge: {len(content['lines'])}.",
            *(f"{words.sl.capitalize()}: {number}." for words, number in counts(content)),
        ),
        method=tuple(content["method"]["sl"]),
        rules_sha256=content["rulebook_sha256"],
        content_sha256=made.sha256,
        lots=tuple(_lot(lot, content["lines"]) for lot in content["lots"]),
    )
    extras = Extras(address=address, code=code, attachments=_attached(made), case=said.case, number=number)
    return render_result_list(notice, _texts(), extras)


def table(made: Publication) -> bytes:
    """The published lines as CSV."""
    outcomes = {key: words.sl for key, words in OUTCOME_WORDS.items()}
    return published_csv(made.content, outcomes, made.number, local_time(made.published_at).isoformat())


def data(made: Publication) -> bytes:
    """What was published as JSON, the very bytes whose SHA-256 is the hash of the publication."""
    return canonical(made.content).encode()


def cents(euros: str) -> int:
    """``6120.00`` in cents."""
    return money.to_cents(money.parse_number(euros))


def counts(content: Mapping[str, Any]) -> list[tuple[Text, int]]:
    """How many applications ended with each outcome, in the order of outcomes."""
    return [(words, content["counts"][key]) for key, words in OUTCOME_WORDS.items() if key in content["counts"]]


def _lot(lot: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> LotResults:
    here = [line for line in lines if line["lot"] == lot["lot"]]
    return LotResults(
        title=lot["title"]["sl"] if lot["title"] else "",
        amount=_euros(lot["amount"]),
        spent=_euros(lot["spent"]),
        requested=_bare(lot["requested"]),
        awarded=_bare(lot["spent"]),
        recipients=tuple(_recipient(line) for line in here if line["outcome"] in NAMED),
        others=tuple(_other(line) for line in here if line["outcome"] not in NAMED),
        numbers=tuple(lot.get("numbers", NO_NUMBERS)["sl"]),
    )


def _recipient(line: Mapping[str, Any]) -> Recipient:
    return Recipient(
        place=f"{line['place']}." if line["place"] is not None else "",
        name=line["recipient"],
        programme=line["programme"],
        points=_points(line["points"]),
        requested=_bare(line["requested"]),
        award=_bare(line["award"]),
        limit=line["limit"]["sl"].strip("»«"),
        decision=f"št. {line['decision']}" if line["decision"] else "",
    )


def _other(line: Mapping[str, Any]) -> Other:
    who = f"Vloga št. {line['number']}"
    if line["recipient"]:
        who = "\n".join(filter(None, (line["recipient"], line["programme"], who.lower())))
    return Other(who, _points(line["points"]), OUTCOME_WORDS[line["outcome"]].sl)


def _attached(made: Publication) -> tuple[Attachment, ...]:
    return (
        Attachment("rezultati.json", JSON, data(made), "Objavljeni rezultati za računalnik"),
        Attachment("rezultati.csv", "text/csv", table(made), "Objavljeni rezultati kot preglednica"),
    )


def points(exact: str | None) -> money.Number | None:
    """Exact points as text (``94/3``) as a number."""
    return None if exact is None else money.read_exact(exact)


def _points(exact: str | None) -> str:
    value = points(exact)
    return "–" if value is None else _SPEAKER.number(value)


def _euros(euros: str | None) -> str:
    return UNKNOWN if euros is None else _SPEAKER.euros(cents(euros))


def _bare(euros: str | None) -> str:
    """Without the currency, which stands in the head of the column."""
    return _euros(euros).removesuffix("EUR").rstrip()


@cache
def _texts() -> LegalTexts:
    return load_result_list_texts(ASSETS / "templates" / "documents" / "result_list")
