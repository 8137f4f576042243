"""Two results set side by side: which rules changed, who gains, who loses, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from razpis.engine import money
from razpis.engine.problems import Place, Problem, Problems, Text, of_system
from razpis.engine.wording import Speaker
from razpis.exports.evaluation_json import FORMAT
from razpis.services.rules.comparison_reasons import Side, reasons
from razpis.services.rules.evaluating import EVALUATION
from razpis.services.rules.rule_changes import RuleChange, rule_changes


@dataclass(frozen=True, slots=True)
class Difference:
    """One application that the two results treat differently; ``reasons`` say what changed for it."""

    id: str
    name: str
    before: Side
    after: Side
    reasons: tuple[Text, ...]

    @property
    def gain(self) -> int:
        """Cents won, or lost where negative."""
        return self.after.cents - self.before.cents


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, the greatest loss first, with the sums of both results, in cents.

    ``rules``: the values that differ, ``None`` where a result does not hold its rules; ``words_differ``: the texts of
    the rules are not the same though the values are; ``files``: the other inputs that differ; ``calls``: both calls,
    where they are not the same one.
    """

    differences: tuple[Difference, ...]
    spent_before: int
    spent_after: int
    unchanged: int
    rules: tuple[RuleChange, ...] | None
    words_differ: bool
    files: tuple[Text, ...]
    calls: tuple[Text, Text] | None


def compare(before: Path, after: Path) -> Comparison:
    """Compare two results: folders, or their ``evaluation.json``. Raises :class:`Problems`."""
    documents = _read(before), _read(after)
    first, second = (_sides(document) for document in documents)
    names = {line["id"]: line["name"] for document in documents for line in document["lines"]}
    found = []
    for id_ in sorted(names):
        one, other = first.get(id_, Side()), second.get(id_, Side())
        told = tuple(reasons(one, other))
        if told:
            found.append(Difference(id_, names[id_], one, other, told))
    calls = tuple(_call(document["call"]) for document in documents)
    hashes = [document["rulebook_sha256"] for document in documents]
    return Comparison(
        tuple(sorted(found, key=lambda one: (one.gain, one.id))),
        sum(side.cents for side in first.values()),
        sum(side.cents for side in second.values()),
        len(names) - len(found),
        rule_changes(*(document.get("rules") for document in documents)),
        hashes[0] != hashes[1],
        tuple(words for role, words in _FILES.items() if len({one["inputs"].get(role) for one in documents}) > 1),
        (calls[0], calls[1]) if calls[0] != calls[1] else None,
    )


def _call(call: Mapping[str, Any]) -> Text:
    """``»Naslov« (št. 6104-7/2027)``."""
    title, reference = Text(**call["title"]), Text(**call["reference"])
    return Text(f"»{title.sl}« (št. {reference.sl})", f"'{title.en}' (no. {reference.en})")


def _sides(document: Mapping[str, Any]) -> dict[str, Side]:
    lots = {lot["lot"]: lot for lot in document["lots"]}
    limits = limit_words(document)
    rules = document.get("rules", {})
    return {line["id"]: _side(line, lots.get(line["lot"], {}), limits, rules) for line in document["lines"]}


def _read(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads((path / EVALUATION if path.is_dir() else path).read_bytes())
    except OSError as error:
        raise Problems([Problem(Place(str(path)), of_system(error))]) from None
    except ValueError:
        document = None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        text = Text(
            "to ni izid (evaluation.json), ki ga zapiše razpis evaluate",
            "this is not a result (evaluation.json) written by razpis evaluate",
        )
        raise Problems([Problem(Place(str(path)), text)])
    return document


def limit_words(document: Mapping[str, Any]) -> dict[str, Text]:
    """What an award may be limited by, in words, by its key: lots and limits by their titles."""
    lots = {lot["lot"]: Text(**lot["title"]) for lot in document["lots"] if lot["lot"]}
    of_lots = {key: Text(f"sredstva sklopa {title.sl}", f"money of lot {title.en}") for key, title in lots.items()}
    stated = {key: Text(**title) for key, title in document.get("limits", {}).items()}
    return {**_LIMITS, **of_lots, **{key: Text(f"»{one.sl}«", f"'{one.en}'") for key, one in stated.items()}}


def _side(
    line: Mapping[str, Any], lot: Mapping[str, Any], limits: Mapping[str, Text], rules: Mapping[str, str]
) -> Side:
    key = line["limited_by"]
    award = line["allocation"] or {}
    return Side(
        place=line["place"],
        points=line["points"],
        outcome=line["outcome"],
        cents=_cents(line["award"]),
        limit=_word(limits, key) if key else None,
        value_of_point=lot.get("value_of_point"),
        money_threshold=lot.get("threshold"),
        missed=tuple(_missed(int(one["at"]), rules) for one in line["thresholds"] if not one["met"]),
        entitlement=award.get("entitlement"),
        bound=award.get("limits", {}).get(key),
        available=award.get("available") if award.get("available") == line["award"] else None,
        passes={_word({**limits, **_PASSES}, name): _cents(euros) for name, euros in award.get("passes", {}).items()},
    )


def _missed(at: int, rules: Mapping[str, str]) -> Text:
    """A threshold by what it asks for, else by its place in the rules."""
    for bound in ("at_least", "more_than"):
        points = rules.get(f"thresholds.{at}.{bound}")
        if points is not None:
            least = money.read_exact(points)
            return Text(Speaker("sl").points(least), Speaker("en").points(least))
    return Text(f"{at + 1}. po vrsti", f"number {at + 1}")


def _word(words: Mapping[str, Text], key: str) -> Text:
    return words.get(key, Text(f"»{key}«", f"'{key}'"))


def _cents(euros: str) -> int:
    return money.to_cents(money.exact(Fraction(euros)))


_FILES = {
    "applications": Text("vloge", "applications"),
    "marks": Text("ocene", "marks"),
    "findings": Text("ugotovitve", "findings"),
    "draws": Text("žrebi", "draws"),
}
_PASSES = {
    "general": Text("splošna delitev", "general division"),
    "fixed_part": Text("stalni del", "fixed part"),
    "second_pass": Text("drugi krog", "second pass"),
}
_LIMITS = {
    "request": Text("zaprošeni ali upravičeni znesek", "the amount requested or due"),
    "level": Text("delitev po točkah", "sharing by points"),
    "budget": Text("sredstva razpisa", "the money of the call"),
    "minimum": Text("najnižji znesek", "the least award"),
    "fixed_part": Text("stalni del", "the fixed part"),
    "money_threshold": Text("prag, ki sledi iz sredstev", "the threshold that follows from the money"),
    "most_winners": Text("število prejemnikov", "the number of recipients"),
    "second_pass": Text("sredstva drugega kroga", "the money of the second pass"),
}
