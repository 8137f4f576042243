"""A comparison of two results as a plain-text table for the terminal."""

from __future__ import annotations

from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.exports.result_table import aligned
from razpis.services.rules.comparing import Comparison, Difference
from razpis.services.rules.rule_changes import RuleChange

MOST_NAMED = 12
"""Changed rules listed one by one; two versions of a rulebook may differ in hundreds."""


def comparison_table(comparison: Comparison, language: Language) -> str:
    """What was changed; then losses, gains and the sums."""
    speaker = Speaker(language)
    return "\n".join([*_head(speaker, comparison), *_table(speaker, comparison)])


def _head(speaker: Speaker, comparison: Comparison) -> list[str]:
    """Two calls are no version of each other: their rules are not listed."""
    say = speaker.say
    if comparison.calls is not None:
        one, other = (speaker.text(call) for call in comparison.calls)
        return [
            say(
                f"Pozor: to sta izida dveh različnih razpisov, {one} in {other}; zneski med njima niso primerljivi.",
                f"Note: these are results of two different calls, {one} and {other}; their amounts cannot be compared.",
            ),
            "",
        ]
    files = ", ".join(speaker.text(file) for file in comparison.files)
    lines = _rules(speaker, comparison)
    if files:
        lines.append(say(f"Razlikujejo se tudi podatki: {files}.", f"The data differ, too: {files}."))
    return [*lines, ""] if lines else []


def _rules(speaker: Speaker, comparison: Comparison) -> list[str]:
    say, rules = speaker.say, comparison.rules
    if rules is None:
        return [
            say(
                "Katera pravila se razlikujejo, iz starejšega izida ni razvidno; izračunajte ga znova.",
                "An older result does not tell which rules differ; evaluate it again.",
            )
        ]
    if not rules:
        same = say("Pravila se razlikujejo le v besedilu.", "The rules differ only in their words.")
        return [same] if comparison.words_differ else []
    more = len(rules) - MOST_NAMED
    rest = [say(f"  … in še {more}", f"  … and {more} more")] if more > 0 else []
    head = say(f"Spremenjena pravila: {len(rules)}.", f"Rules changed: {len(rules)}.")
    return [head, *(f"  {_change(speaker, rule)}" for rule in rules[:MOST_NAMED]), *rest]


def _change(speaker: Speaker, rule: RuleChange) -> str:
    """``allocation.edge: part → skip``."""
    if rule.part:
        added = rule.before is None
        return f"{rule.path}: {speaker.say('dodano', 'added') if added else speaker.say('izpuščeno', 'left out')}"
    return f"{rule.path}: {rule.before or '–'} → {rule.after or '–'}"


def _table(speaker: Speaker, comparison: Comparison) -> list[str]:
    """Losses first, then gains, then the sums."""
    head = speaker.say("vloga|prijavitelj|prej|potem|razlika|zakaj", "id|applicant|before|after|difference|why")
    rows = [tuple(head.split("|")), *(_row(speaker, one) for one in comparison.differences)]
    total = comparison.spent_after - comparison.spent_before
    sums = (speaker.euros(comparison.spent_before), speaker.euros(comparison.spent_after), _signed(speaker, total))
    rows.append(("", speaker.say("skupaj", "total"), *sums, ""))
    lines = aligned(rows, right=(False, False, True, True, True, False))
    rule = "─" * max(len(line) for line in lines)
    unchanged = speaker.say(f"Nespremenjenih vlog: {comparison.unchanged}.", f"Unchanged: {comparison.unchanged}.")
    return [lines[0], rule, *lines[1:-1], rule, lines[-1], unchanged]


def _row(speaker: Speaker, one: Difference) -> tuple[str, ...]:
    return (
        one.id,
        one.name,
        speaker.euros(one.before.cents),
        speaker.euros(one.after.cents),
        _signed(speaker, one.gain),
        "; ".join(speaker.text(reason) for reason in one.reasons),
    )


def _signed(speaker: Speaker, cents: int) -> str:
    return f"{'+' if cents > 0 else ''}{speaker.euros(cents)}"
