"""Published results for everyone: the version that counts, the earlier ones, their files; and the news of calls."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Language, Text
from razpis.engine.wording import Speaker
from razpis.exports.feed import MEDIA_TYPE as MEDIA_TYPE
from razpis.exports.feed import Entry, feed
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion, Notice
from razpis.models.documents import Publication
from razpis.procedure.acts import KNOWN_OUTSIDE
from razpis.procedure.states import CallEvent
from razpis.services import files
from razpis.services.applications.receipts import moment
from razpis.services.calls.public_calls import PUBLIC_NOTICES
from razpis.services.decisions import publishing_results, result_files
from razpis.services.decisions.result_content import NAMED, OUTCOME_WORDS
from razpis.services.errors import Missing
from razpis.services.files import Store

NEWEST = 50
"""So many pieces of news stand in the feed."""
_NOTICES = {
    CallEvent.SUSPEND: Text("Razpis je zadržan", "The call is suspended"),
    CallEvent.RESUME: Text("Razpis se nadaljuje", "The call goes on"),
    CallEvent.CANCEL: Text("Razpis je razveljavljen", "The call is cancelled"),
}


@dataclass(frozen=True, slots=True)
class LotShown:
    """A lot with its lines: those that get money, and the others."""

    lot: Mapping[str, Any]
    recipients: Sequence[Mapping[str, Any]]
    others: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of published results; ``versions`` are all, the newest first."""

    publication: Publication
    versions: Sequence[Publication]

    @property
    def last(self) -> bool:
        """Whether this is the version that counts."""
        return self.publication.number == self.versions[0].number

    @property
    def lots(self) -> list[LotShown]:
        """The lots in their order."""
        return by_lots(self.publication.content)


def by_lots(content: Mapping[str, Any]) -> list[LotShown]:
    """The lines of published results under their lots."""
    return [
        LotShown(
            lot,
            [line for line in content["lines"] if line["lot"] == lot["lot"] and line["outcome"] in NAMED],
            [line for line in content["lines"] if line["lot"] == lot["lot"] and line["outcome"] not in NAMED],
        )
        for lot in content["lots"]
    ]


cents, points, counts = result_files.cents, result_files.points, result_files.counts
"""What stands in published results as text, as numbers; how many applications ended how."""


def outcome(key: str) -> Text:
    """What an outcome is called."""
    return OUTCOME_WORDS[key]


def of_call(call_id: int) -> Sequence[Publication]:
    """What was published of a call, the newest first; nothing for most calls."""
    return publishing_results.versions(call_id)


def shown(call_id: int, number: int | None = None) -> Shown:
    """A version, the one that counts where no number is given. Raises :class:`Missing`."""
    versions = publishing_results.versions(call_id)
    found = next((one for one in versions if number in (None, one.number)), None)
    if found is None:
        raise Missing
    return Shown(found, versions)


def pdf(store: Store, call_id: int, number: int) -> bytes:
    """The notice as it was issued. Raises :class:`Missing`, ``OSError``."""
    act = shown(call_id, number).publication.act
    if act is None or act.sha256 is None or act.state not in KNOWN_OUTSIDE:
        raise Missing
    return files.content(store, act.sha256)


def table(call_id: int, number: int) -> bytes:
    """The lines of a version as CSV. Raises :class:`Missing`."""
    return result_files.table(shown(call_id, number).publication)


def data(call_id: int, number: int) -> bytes:
    """A version as JSON, the bytes whose SHA-256 stands on its page. Raises :class:`Missing`."""
    return result_files.data(shown(call_id, number).publication)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Whole addresses: of the feed, of the page of all calls, of a call, of a version of its results."""

    feed: str
    calls: str
    call: Callable[[int], str]
    results: Callable[[int, int], str]


def news(language: Language, addresses: Addresses) -> bytes:
    """The newest of calls and results as an Atom feed."""
    found = [*_versions(language, addresses), *_notices(language, addresses), *_results(language, addresses)]
    found.sort(key=lambda one: (one.at, one.mark), reverse=True)
    title = Text("Javni razpisi in rezultati", "Public calls and results")[language]
    return feed(title, "Razpis", addresses.feed, addresses.calls, language, found[:NEWEST])


def _versions(language: Language, addresses: Addresses) -> Iterator[Entry]:
    query = select(CallVersion).options(joinedload(CallVersion.call)).order_by(CallVersion.published_at.desc())
    for one in db.session.scalars(query.limit(NEWEST)):
        call, first = one.call, one.number == 1
        what = Text("Javni razpis", "Public call") if first else Text("Sprememba razpisa", "Amendment of the call")
        deadline = _moment(one.frozen.get("deadline"), language)
        until = Text(f"Rok za prijavo: {deadline}.", f"Deadline: {deadline}.")[language] if deadline else ""
        summary = " ".join(filter(None, (one.reason, until)))
        yield _entry(call, what, summary, one.published_at, addresses.call(call.id), f"r{one.number}", language)


def _notices(language: Language, addresses: Addresses) -> Iterator[Entry]:
    query = select(Notice).join(Call).where(Notice.event.in_(PUBLIC_NOTICES), Notice.at >= Call.published_at)
    for one in db.session.scalars(query.options(joinedload(Notice.call)).order_by(Notice.at.desc()).limit(NEWEST)):
        what = _NOTICES[one.event]
        yield _entry(one.call, what, one.reason, one.at, addresses.call(one.call_id), f"o{one.id}", language)


def _results(language: Language, addresses: Addresses) -> Iterator[Entry]:
    query = select(Publication).options(joinedload(Publication.call)).order_by(Publication.published_at.desc())
    for one in db.session.scalars(query.limit(NEWEST)):
        what = Text("Rezultati razpisa", "Results of the call")
        summary = " ".join(filter(None, (_summary(one, language), one.reason)))
        page = addresses.results(one.call_id, one.number)
        yield _entry(one.call, what, summary, one.published_at, page, f"i{one.number}", language)


def _summary(one: Publication, language: Language) -> str:
    awarded = Speaker(language).euros(result_files.cents(one.content["awarded"]))
    told = Text(f"Dodeljeno: {awarded}.", f"Awarded: {awarded}.")
    state = Text("Dokončno.", "Final.") if one.final else Text("Ni dokončno.", "Not final.")
    return f"{told[language]} {state[language]}"


def _entry(
    call: Call, what: Text, summary: str, at: datetime.datetime, page: str, mark: str, language: Language
) -> Entry:
    title = Text(call.title_sl, call.title_en)[language]
    return Entry(page, mark, f"{what[language]}: {title} ({call.reference})", summary, at)


def _moment(iso: object, language: Language) -> str:
    return moment(datetime.datetime.fromisoformat(iso), language) if isinstance(iso, str) else ""
