"""What follows where members' marks, or their sums, are too far apart, in words."""

from __future__ import annotations

from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Discrepancy
from razpis.engine.wording.speaker import Speaker

_BY = {"more_than": Text("več kot", "more than"), "at_least": Text("najmanj", "at least")}
_OF_MARKS = {
    "further_member": Text(
        "oceni še en član in šteje povprečje najbližjih dveh ocen",
        "one more member marks and the mean of the two closest marks counts",
    ),
    "agreed": Text("člani oceno določijo soglasno", "the members agree on a mark"),
}
_OF_SUMS = {
    "further_member": Text(
        "oceni še en član in štejejo ocene dveh članov z najbližjima seštevkoma",
        "one more member marks and the marks of the two members with the closest sums count",
    ),
    "agreed": Text("člani ocene določijo soglasno", "the members agree on the marks"),
}


def discrepancy(speaker: Speaker, stated: Discrepancy) -> str:
    """The rule on the marks of one criterion."""
    what = Text("se ocene razlikujejo", "marks differ")
    return _rule(speaker, stated, what, Text("višje ocene", "the higher mark"), _OF_MARKS[stated.then])


def sum_discrepancies(speaker: Speaker, rulebook: Rulebook) -> list[str]:
    """The rules on members' sums."""
    found = []
    for stated in rulebook.file.commission.discrepancies:
        section = rulebook.sections.get(stated.of)
        inside = Text(f" v sklopu »{section.title.sl}«", f" in '{section.title.en}'") if section else Text("", "")
        what = Text(
            f"se seštevki ocen članov{inside.sl} razlikujejo",
            f"the sums of the members' marks{inside.en} differ",
        )
        higher = Text("višjega seštevka", "the higher sum")
        found.append(_rule(speaker, stated, what, higher, _OF_SUMS[stated.then]))
    return found


def _rule(speaker: Speaker, stated: Discrepancy, what: Text, higher: Text, then: Text) -> str:
    by = speaker.text(_BY[stated.bound])
    if stated.points is not None:
        apart = speaker.say(f"{by} za ", f"by {by} ") + speaker.needed_points(stated.points)
    else:
        percent = speaker.number(stated.percent or 0)
        apart = speaker.say(f"za {by} {percent} % {higher.sl}", f"by {by} {percent}% of {higher.en}")
    unless = ""
    if stated.unless_below is not None:
        least = speaker.of_points(stated.unless_below)
        unless = speaker.say(f" (razen če so vsi pod mejo {least})", f" (unless all are below {least})")
    return speaker.say(f"Če {what.sl} {apart}{unless}, {then.sl}.", f"Where {what.en} {apart}{unless}, {then.en}.")
