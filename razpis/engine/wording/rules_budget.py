"""Where the money of the lots comes from, in words: the lines of the budget, or one sum over all lots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine import money
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.budget import Budget, BudgetLine, Line, whole
from razpis.engine.wording.rules_phrases import quoted
from razpis.engine.wording.rules_text import Block, Paragraph, Table
from razpis.engine.wording.speaker import NBSP, Speaker


def budget(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    """The budget of a call with lots; nothing where each lot has an amount of its own and no sum stands over them."""
    stated, say = rulebook.file.budget, speaker.say
    if stated is None:
        return ()
    if not stated.lines:
        most = speaker.euros(whole(stated))
        return (
            Paragraph(
                say(f"Vsi sklopi skupaj lahko prejmejo največ {most}.", f"All lots together get at most {most}.")
            ),
        )
    return Paragraph(_divided(speaker, stated)), _table(speaker, rulebook, stated)


def _divided(speaker: Speaker, stated: Budget) -> str:
    """How much is divided: less than the budget where a part of it is owed already."""
    held, left = speaker.euros(money.to_cents(stated.amount)), speaker.euros(whole(stated))
    if not stated.committed:
        return speaker.say(f"Proračun {held} se deli na vrstice:", f"The budget of {held} is divided:")
    owed = speaker.euros(money.to_cents(stated.committed))
    return speaker.say(
        f"Od proračuna {held} se odštejejo že prevzete obveznosti {owed}; na vrstice se deli {left}:",
        f"Of the budget of {held} the commitments of {owed} are deducted; {left} is divided:",
    )


def _table(speaker: Speaker, rulebook: Rulebook, stated: Budget) -> Table:
    """A row for each line, one inside another behind a dash; what is owed already only where something is."""
    say, titles = speaker.say, dict(_titles(speaker, rulebook, stated.lines))
    owed = any(line.cents != line.available for line in rulebook.budget_lines)
    head = [say("vrstica", "line"), say("delež", "share"), say("znesek", "amount")]
    head += [say("obveznosti", "commitments"), say("za delitev", "to divide")] if owed else []
    rows = []
    depths = {"": -1}
    for line in rulebook.budget_lines:
        depths[line.key] = depths[line.above] + 1
        row = [
            f"–{NBSP}" * depths[line.key] + titles[line.key],
            _share(speaker, line, titles),
            speaker.euros(line.cents),
        ]
        row += [speaker.euros(line.cents - line.available), speaker.euros(line.available)] if owed else []
        rows.append(tuple(row))
    caption = say("Vrstice proračuna", "The lines of the budget")
    return Table(caption, tuple(head), tuple(rows), (False, False, *(True for _ in head[2:])))


def _share(speaker: Speaker, line: BudgetLine, titles: Mapping[str, str]) -> str:
    """How the amount came about: stated, a share of the line above, or what was left there."""
    say = speaker.say
    percent = speaker.number(line.percent) + say(f"{NBSP}%", "%")
    of = say("sredstev", "of the budget")
    if line.above:
        of = say("vrstice ", "of the line ") + quoted(speaker, titles[line.above])
    shown = {
        "amount": say("določen znesek", "a stated amount"),
        "percent": f"{percent} {of}",
        "percent_of_rest": say(f"{percent} ostanka", f"{percent} of the rest"),
        "rest": say("ostanek", "the rest"),
    }[line.share]
    kept = line.reserve and titles[line.key] != _kept(speaker)
    return f"{shown}; {_kept(speaker)}" if kept else shown


def _kept(speaker: Speaker) -> str:
    return speaker.say("rezerva", "reserve")


def _titles(speaker: Speaker, rulebook: Rulebook, lines: Mapping[str, Line]) -> Iterator[tuple[str, str]]:
    """What the lines are called: their titles, else the lot that gets them, a reserve, or their keys."""
    for key, line in lines.items():
        lots = [
            quoted(speaker, speaker.text(lot.title)) for lot in rulebook.lots.values() if lot.line == key and lot.title
        ]
        kept = _kept(speaker) if line.reserve else key
        yield key, speaker.text(line.title) or (speaker.say("sklop ", "the lot ") + lots[0] if lots else kept)
        yield from _titles(speaker, rulebook, line.lines)
