"""Whether the points add up: the stated maximum, caps, thresholds, criteria that change nothing."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.problems import Text
from razpis.engine.rulebook import bounds
from razpis.engine.rulebook.bounds import Interval
from razpis.engine.rulebook.compiled import Rulebook, ThresholdRule
from razpis.engine.rulebook.criteria import FormulaCriterion, PerUnit
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.reach import Reach, inside, unit_points
from razpis.engine.rulebook.source import Path_
from razpis.engine.rulebook.weights import weights


def look(notes: Notes, rulebook: Rulebook, found: Sequence[Reach]) -> None:
    """Note every contradiction between points that are stated and points that can be reached."""
    _total(notes, rulebook, found)
    _sections(notes, rulebook, found)
    _maxima(notes, rulebook)
    _idle(notes, rulebook, found)
    for rule in rulebook.thresholds:
        if rule.any_of:
            _any_of(notes, rulebook, rule, found)
        else:
            _threshold(notes, rulebook, rule, found)
    _gates(notes, rulebook)


def _total(notes: Notes, rulebook: Rulebook, found: Sequence[Reach]) -> None:
    stated, path = rulebook.file.total.max, ("total", "max")
    if stated is None:
        return
    endless = [key for reach in found for key, interval in reach.criteria.items() if interval.high is None]
    if endless:
        title = rulebook.file.criteria[endless[0]].title
        notes.warning(
            path,
            f"največjega števila točk ni mogoče preveriti, ker merilo »{title.sl}« nima meje; dodajte mu »max«",
            f"the maximum cannot be checked, because the criterion '{title.en}' has no end; give it a 'max'",
        )
        return
    best = max(found, key=lambda reach: reach.total.high or 0)
    reachable = best.total.high or 0
    if stated == reachable:
        return
    parts = _parts(rulebook, best)
    sl = f"največje navedeno število točk je {money.plain(stated)}, z merili pa jih je mogoče doseči {parts.sl}"
    en = f"the stated maximum is {money.plain(stated)}, but the criteria give {parts.en}"
    if stated < reachable and not _certain(rulebook, best):
        notes.warning(path, f"{sl}; preverite, ali se to lahko zgodi", f"{en}; check whether that can happen")
    else:
        notes.error(path, f"{sl}; popravite »max« ali merila", f"{en}; mend 'max' or the criteria")


def _certain(rulebook: Rulebook, reach: Reach) -> bool:
    """Whether the most points can be reached for sure: nothing in them is computed freely from several facts."""
    applies = reach.group.applies
    counted = [rule.rule for rule in rulebook.criteria if applies[rule.key] is not False]
    free = [rule for rule in counted if isinstance(rule, FormulaCriterion) and rule.max is None]
    return rulebook.file.total.factor is None and None not in applies.values() and not free


def _parts(rulebook: Rulebook, reach: Reach) -> Text:
    """``200 (Organizacija 80 + Kakovost 80 + Obseg 40)``."""
    parts = [(section.title, reach.sections[key].high) for key, section in rulebook.sections.items()]
    parts += [
        (rule.rule.title, reach.criteria[rule.key].high) for rule in rulebook.criteria if rule.rule.section is None
    ]
    total = money.plain(reach.total.high or 0)
    listed = [(title, money.plain(high or 0)) for title, high in parts if high]
    group = reach.group.says()
    where = Text(f"; {group.sl}", f"; {group.en}") if group.sl else Text("", "")
    if rulebook.file.total.factor is not None:
        where += Text("; pomnoženo z množiteljem", "; times the factor")
    return Text(
        f"{total} ({' + '.join(f'{title.sl} {high}' for title, high in listed)}{where.sl})",
        f"{total} ({' + '.join(f'{title.en} {high}' for title, high in listed)}{where.en})",
    )


def _sections(notes: Notes, rulebook: Rulebook, found: Sequence[Reach]) -> None:
    for key, section in rulebook.sections.items():
        path = ("sections", key)
        rules = [rule for rule in rulebook.criteria if rule.rule.section == key]
        if not rules:
            notes.warning(
                path,
                f"sklop meril »{section.title.sl}« nima nobenega merila; izbrišite ga ali mu merila dodajte",
                f"the section '{section.title.en}' has no criterion; delete it or give it some",
                key=True,
            )
        most = section.max
        if not rules or most is None:
            continue
        highs = [inside(rulebook, reach.criteria, key).times(section.weight).high for reach in found]
        known = [high for high in highs if high is not None]
        if len(known) == len(highs) and most > max(known):
            notes.warning(
                (*path, "max"),
                f"v sklopu »{section.title.sl}« je največje navedeno število točk {money.plain(most)}, merila pa jih "
                f"dajo skupaj {money.plain(max(known))}; meja nikoli ne velja",
                f"the section '{section.title.en}' is capped at {money.plain(most)}, but its criteria give "
                f"{money.plain(max(known))}; the cap never binds",
            )
        for rule in rules:
            alone = max((reach.criteria[rule.key].times(section.weight).high or 0) for reach in found)
            if alone > most:
                notes.warning(
                    ("criteria", rule.key),
                    f"največje število točk merila »{rule.rule.title.sl}« je {money.plain(alone)}, v sklopu "
                    f"»{section.title.sl}« pa jih šteje največ {money.plain(most)}",
                    f"the criterion '{rule.rule.title.en}' gives up to {money.plain(alone)}, but at most "
                    f"{money.plain(most)} count in the section '{section.title.en}'",
                    key=True,
                )


def _maxima(notes: Notes, rulebook: Rulebook) -> None:
    """Ends of single criteria that nothing on the form can reach."""
    known = bounds.facts(rulebook.file)
    for compiled in rulebook.criteria:
        rule, path = compiled.rule, ("criteria", compiled.key)
        if isinstance(rule, PerUnit):
            _unreached(notes, path, "max", rule.max, unit_points(rule, known))
        elif isinstance(rule, FormulaCriterion):
            found = bounds.bounds(rule.points, known)
            _unreached(notes, path, "max", rule.max, found)
            if rule.min is not None and found.low is not None and found.low > rule.min:
                notes.warning(
                    (*path, "min"),
                    f"meja »min« nikoli ne velja: izraz da najmanj {money.plain(found.low)}",
                    f"'min' never binds: the expression gives at least {money.plain(found.low)}",
                )


def _unreached(notes: Notes, path: tuple[str, str], name: str, stated: Number | None, found: Interval) -> None:
    if stated is None or found.high is None or found.high >= stated:
        return
    notes.warning(
        (*path, name),
        f"največje navedeno število točk je {money.plain(stated)}, po mejah obrazca pa jih je mogoče doseči "
        f"{money.plain(found.high)}",
        f"the stated maximum is {money.plain(stated)}, but within the limits of the form "
        f"{money.plain(found.high)} can be reached",
    )


def _idle(notes: Notes, rulebook: Rulebook, found: Sequence[Reach]) -> None:
    elsewhere = _counted_elsewhere(rulebook)
    for rule, weight in paired(rulebook.criteria, weights(rulebook, found)):
        used = rule.rule.weight != 0 and elsewhere & {rule.key, rule.rule.section}
        if weight.alone == weight.ranking == weight.among_full == 0 and not used:
            notes.warning(
                ("criteria", rule.key),
                f"merilo »{rule.rule.title.sl}« ne more spremeniti skupnega števila točk",
                f"the criterion '{rule.rule.title.en}' cannot change the total",
                key=True,
            )


def _counted_elsewhere(rulebook: Rulebook) -> set[str]:
    """Criteria and sections that settle ties, or an amount, whatever they weigh in the total."""
    expressions = [key.expression for key in rulebook.ranking if key.expression]
    if rulebook.allocation is not None:
        expressions += [rulebook.allocation.entitlement, rulebook.allocation.weight]
        if rulebook.allocation.fixed_part is not None:
            expressions.append(rulebook.allocation.fixed_part)
        expressions += [limit.amount for limit in rulebook.allocation.limits]
    found = {name.removeprefix("points_") for one in expressions for name in one.reads}
    found |= {part for rule in rulebook.criteria for part in rule.reads_points}
    found |= {key.criterion or key.section or "" for key in rulebook.file.ranking.keys}
    return found | {part.of for rule in rulebook.thresholds for part in rule.parts}


def _threshold(notes: Notes, rulebook: Rulebook, rule: ThresholdRule, everyone: Sequence[Reach]) -> None:
    path = ("thresholds", rule.at)
    found = [
        reach for reach in everyone if reach.group.holds[rule.at] is not False and reach.group.counts(rulebook, rule.of)
    ]
    failing = [reach for reach in found if _out_of_reach(rule, reach.of(rule.of))]
    if not found:
        _for_nobody(notes, path)
    elif len(failing) == len(found):
        most = money.plain(max(reach.of(rule.of).high or 0 for reach in found))
        notes.error(
            path,
            f"praga ni mogoče doseči: potrebno število točk je {_needed(rule).sl}, mogoče pa največ {most}; znižajte "
            "ga",
            f"the threshold cannot be reached: {_needed(rule).en} points are needed, {most} are possible; lower it",
        )
    elif all(_always_met(rule, reach.of(rule.of)) for reach in found):
        least = money.plain(min(reach.of(rule.of).low or 0 for reach in found))
        notes.warning(
            path,
            f"prag je vedno dosežen: najmanjše mogoče število točk je {least}",
            f"the threshold is always reached: nobody can get less than {least} points",
        )
    else:
        _some_fail(notes, rule, failing)


def _for_nobody(notes: Notes, path: Path_) -> None:
    notes.warning(
        path,
        "prag ne velja za nobeno vlogo; popravite »applies« ali prag izbrišite",
        "the threshold holds for no application; mend 'applies' or delete it",
    )


def _any_of(notes: Notes, rulebook: Rulebook, rule: ThresholdRule, everyone: Sequence[Reach]) -> None:
    """Whether enough of the parts can be reached, and whether enough always are."""
    found = [
        (reach, parts)
        for reach in everyone
        if reach.group.holds[rule.at] is not False
        and (parts := [part for part in rule.any_of if reach.group.counts(rulebook, part.of)])
    ]
    possible = [
        sum(not _out_of_reach(part, reach.of(part.of)) for part in parts) >= min(rule.needed, len(parts))
        for reach, parts in found
    ]
    always = [
        sum(_always_met(part, reach.of(part.of)) for part in parts) >= min(rule.needed, len(parts))
        for reach, parts in found
    ]
    if not found:
        _for_nobody(notes, ("thresholds", rule.at))
    elif not any(possible):
        sl, en = "od naštetih pragov jih ni mogoče doseči dovolj", "too few of these thresholds can be reached"
        notes.error(("thresholds", rule.at), f"{sl}; znižajte katerega", f"{en}; lower one of them")
    elif all(always):
        sl, en = "od naštetih pragov jih je vedno doseženih dovolj", "enough of these thresholds are always reached"
        notes.warning(("thresholds", rule.at), sl, en)


def _some_fail(notes: Notes, rule: ThresholdRule, failing: Sequence[Reach]) -> None:
    for reach in failing:
        group, most = reach.group.says(), money.plain(reach.of(rule.of).high or 0)
        notes.warning(
            ("thresholds", rule.at),
            f"vloge, za katere velja {group.sl}, praga ne morejo doseči: mogoče število točk je največ {most}",
            f"applications with {group.en} cannot reach the threshold: at most {most} points are possible",
        )


def _needed(rule: ThresholdRule) -> Text:
    points = money.plain(rule.points)
    return Text(f"več kot {points}", f"more than {points}") if rule.strict else Text(f"najmanj {points}", f"{points}")


def _out_of_reach(rule: ThresholdRule, points: Interval) -> bool:
    if points.high is None:
        return False
    return points.high <= rule.points if rule.strict else points.high < rule.points


def _always_met(rule: ThresholdRule, points: Interval) -> bool:
    if points.low is None:
        return False
    return points.low > rule.points if rule.strict else points.low >= rule.points


def _gates(notes: Notes, rulebook: Rulebook) -> None:
    """A criterion that waits for points which are counted only after it is never scored."""
    for at, rule in enumerate(rulebook.criteria):
        after = rule.rule.after
        later = [one for one in rulebook.criteria[at:] if after in (one.key, one.rule.section)]
        if after is not None and later:
            title = later[0].rule.title
            notes.error(
                ("criteria", rule.key, "after"),
                f"merilo čaka na »{title.sl}«, ki se točkuje pozneje; prestavite ga za to merilo",
                f"the criterion waits for '{title.en}', which is scored later; move it behind that criterion",
            )
