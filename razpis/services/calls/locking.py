"""What a published call may not change any more, and whether a change keeps to that."""

from __future__ import annotations

from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.services.calls.call_rules import told
from razpis.services.errors import Invalid, Refused
from razpis.services.rules import rule_check

PARTS: tuple[tuple[str, Text], ...] = (
    ("fields", Text("obrazec", "the form")),
    ("derived", Text("izpeljani podatki", "derived facts")),
    ("conditions", Text("pogoji", "the conditions")),
    ("sections", Text("sklopi meril", "the sections")),
    ("criteria", Text("merila", "the criteria")),
    ("total", Text("skupno število točk", "the total")),
    ("commission", Text("število ocen in člani", "marks and members")),
    ("thresholds", Text("pragovi", "the thresholds")),
    ("ranking", Text("vrstni red", "the order")),
    ("allocation", Text("razdelitev sredstev", "the allocation")),
)
"""Parts of the rulebook that are locked once a call is published, form included."""


def refuse_other_rules(published: str, new: str) -> None:
    """Raises :class:`Refused` where ``new`` means anything else than ``published`` in a locked part, or lowers money.

    What counts is the meaning: notes and the way of writing may differ. Criteria must not change from the
    publication to the decision (``law.md`` §2; §8.4: change of criteria after publication).
    """
    look = rule_check.look(new)
    if look.rulebook is None:
        raise Invalid({"rulebook": told(look.errors)})
    before = rule_check.look(published).rulebook
    assert before is not None
    changed = [text for part, text in PARTS if getattr(before.file, part) != getattr(look.rulebook.file, part)]
    if _identity(before) != _identity(look.rulebook):
        changed.append(Text("številka, leto ali pravno sredstvo", "the reference, the year or the remedy"))
    if not _same_lots(before, look.rulebook):
        changed.append(Text("sklopi razpisa", "the lots"))
    if changed:
        sl, en = ", ".join(text.sl for text in changed), ", ".join(text.en for text in changed)
        raise Refused(
            Text(
                f"Po objavi se merila ne smejo spremeniti. Sprememba posega v: {sl}. Če je to res potrebno, razpis "
                "razveljavite z razlogi in objavite novega.",
                f"Criteria cannot change after publication. The amendment touches: {en}. If that is really needed, "
                "cancel the call with reasons and publish a new one.",
            )
        )
    _refuse_less_money(before, look.rulebook)


def _identity(rulebook: Rulebook) -> tuple[object, ...]:
    """What tells the call from others, who its applicants are, and which remedy follows."""
    call = rulebook.file.call
    decisions = call.decisions
    return call.reference, call.year, call.applicant, decisions and (decisions.act, decisions.remedy)


def _same_lots(before: Rulebook, after: Rulebook) -> bool:
    """Whether the lots are the same but for their amounts and titles."""
    free = {"amount", "title"}
    return list(before.file.lots) == list(after.file.lots) and all(
        lot.model_dump(exclude=free) == after.file.lots[key].model_dump(exclude=free)
        and (lot.amount is None) == (after.file.lots[key].amount is None)
        for key, lot in before.file.lots.items()
    )


def _refuse_less_money(before: Rulebook, after: Rulebook) -> None:
    less = [key for key in before.lots if after.lot_cents(key) < before.lot_cents(key)]
    if less:
        sl = "razpis" if less == [""] else ", ".join(less)
        raise Refused(
            Text(
                f"Objavljenih sredstev ne morete zmanjšati ({sl}); lahko jih le povečate.",
                f"Published money cannot be lowered ({sl}), only raised.",
            )
        )
