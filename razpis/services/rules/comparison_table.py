"""A comparison of two results as a plain-text table for the terminal."""

from __future__ import annotations

from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.exports.result_table import aligned
from razpis.services.rules.comparing import Comparison, Difference


def comparison_table(comparison: Comparison, language: Language) -> str:
    """Losses first, then gains, then the sums."""
    speaker = Speaker(language)
    head = speaker.say("vloga|prijavitelj|prej|potem|razlika|zakaj", "id|applicant|before|after|difference|why")
    rows = [tuple(head.split("|")), *(_row(speaker, one) for one in comparison.differences)]
    total = comparison.spent_after - comparison.spent_before
    sums = (speaker.euros(comparison.spent_before), speaker.euros(comparison.spent_after), _signed(speaker, total))
    rows.append(("", speaker.say("skupaj", "total"), *sums, ""))
    lines = aligned(rows, right=(False, False, True, True, True, False))
    rule = "─" * max(len(line) for line in lines)
    unchanged = speaker.say(f"Nespremenjenih vlog: {comparison.unchanged}.", f"Unchanged: {comparison.unchanged}.")
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1], unchanged])


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
