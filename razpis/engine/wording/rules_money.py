"""How much money there is and how it is divided, in words."""

from __future__ import annotations

from collections.abc import Sequence, Set

from razpis.engine.allocation.passes import stages
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import Allocation, Limit, SetAside
from razpis.engine.wording import rules_budget, rules_fills
from razpis.engine.wording.rules_phrases import article, cents, lots_named, lower, unit_value, winners
from razpis.engine.wording.rules_spoken import amount, clause, spoken
from razpis.engine.wording.rules_text import Block, Paragraph, Part, Table, bullets
from razpis.engine.wording.speaker import NBSP, Speaker

_EDGES = {
    "part": Text(
        "vloga, za katero jih ne ostane dovolj, prejme preostanek",
        "the application it no longer suffices for gets what is left",
    ),
    "skip": Text(
        "vloga, za katero jih ne ostane dovolj, se preskoči in na vrsti je naslednja",
        "an application it does not suffice for is skipped and the next one has its turn",
    ),
    "stop": Text(
        "pri prvi vlogi, za katero jih ne ostane dovolj, se delitev konča",
        "the division ends at the first application it does not suffice for",
    ),
}
_LAST_CENT = {
    "nobody": Text("kar zaradi zaokroževanja ostane, ostane nerazdeljeno", "what rounding leaves is not divided"),
    "largest_remainder": Text(
        "cente, ki zaradi zaokroževanja ostanejo, prejmejo vloge z največjim odrezanim delom",
        "cents that rounding leaves go to the applications with the greatest part cut off",
    ),
    "first_in_rank": Text(
        "cente, ki ostanejo, prejme prva vloga v vrstnem redu", "cents left over go to the first in the order"
    ),
    "last_in_rank": Text(
        "cente, ki ostanejo, prejme zadnja vloga v vrstnem redu", "cents left over go to the last in the order"
    ),
    "largest_award": Text(
        "centi, ki ostanejo, se prištejejo najvišjemu znesku", "cents left over go to the largest award"
    ),
}


def available(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    """The money by lot with its sum."""
    say = speaker.say
    held = {key: rulebook.lot_cents(key) for key in rulebook.lots}
    if set(held) == {""}:
        return (Paragraph(say("Razpisana sredstva: ", "Money available: ") + speaker.euros(held[""]) + "."),)
    if not held:
        return ()
    rows = [
        (speaker.text(lot.title) or key, speaker.euros(held[key]), _leftover(speaker, rulebook, lot.leftover_to))
        for key, lot in rulebook.lots.items()
    ]
    rows.append((say("skupaj", "total"), speaker.euros(sum(held.values())), ""))
    head = (say("sklop", "lot"), say("sredstva", "money"), say("kar ostane", "what is left"))
    table = Table(say("Razpisana sredstva po sklopih", "Money by lot"), head, tuple(rows), (False, True, False))
    return table, *rules_budget.budget(speaker, rulebook)


def _leftover(speaker: Speaker, rulebook: Rulebook, to: str | None) -> str:
    if to is not None:
        title = speaker.text(rulebook.lots[to].title) or to
        return speaker.say(f"v sklop »{title}«", f"to the lot '{title}'")
    again = rulebook.file.allocation is not None and rulebook.file.allocation.leftovers == "second_pass"
    return (
        speaker.say("v skupni drugi krog", "to the common second pass")
        if again
        else speaker.say("ostane nerazdeljeno", "is not divided")
    )


def limits(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    """What one application may get at most, and limits on several."""
    rule, say = rulebook.file.allocation, speaker.say
    if rule is None:
        return ()
    if rule.entitlement is None and not rule.limits:
        only = say("Nobena vloga ne prejme več, kot zaprosi.", "No application gets more than it asks for.")
        return (Paragraph(only),)
    items = [say("zaprošeni znesek", "the amount requested")]
    if rule.entitlement is not None:
        what = amount(speaker, rulebook, rule.entitlement)
        rounded = "" if rule.round is None else say("; zaokroženo ", "; rounded ") + cents(speaker, rule.round)
        items.append(say(f"upravičeni znesek: {what}", f"the entitlement: {what}") + rounded)
    items += [_limit(speaker, rulebook, key, limit) for key, limit in rule.limits.items()]
    intro = say(
        "Nobena vloga ne more prejeti več, kot dopušča vsaka od teh mej:",
        "No application may get more than each of these limits allows:",
    )
    return (Paragraph(intro), *bullets(items))


def _limit(speaker: Speaker, rulebook: Rulebook, key: str, limit: Limit) -> str:
    say = speaker.say
    shown, title = amount(speaker, rulebook, limit.amount), speaker.text(limit.title) or key
    text = f"{title}: {shown}"
    if limit.per == "applicant":
        text += say(" za vse vloge istega prijavitelja skupaj", " for all applications of one applicant together")
    elif limit.per == "all":
        text += say(" za vse te vloge skupaj", " for all these applications together")
    if limit.lots:
        text += f", {lots_named(speaker, rulebook, limit.lots)}"
    if limit.where is not None:
        text += say(", če ", ", where ") + clause(speaker, rulebook, limit.where)
    return text + article(speaker, limit.article) + _in_turn(speaker, rulebook, limit)


def _in_turn(speaker: Speaker, rulebook: Rulebook, limit: Limit) -> str:
    """Which of several lots filled in rank order uses a joint limit first, whatever the points."""
    lots = limit.lots or tuple(rulebook.lots)
    if limit.per == "application" or len(lots) < 2 or rulebook.fill(lots[0]) != "rank":
        return ""
    turns = [lot for stage in stages(rulebook, tuple(rulebook.lots)) for lot in stage if lot in lots]
    named = [speaker.text(rulebook.lots[lot].title) or lot for lot in turns]
    sl, en = ", ".join(f"»{one}«" for one in named), ", ".join(f"'{one}'" for one in named)
    return speaker.say(f"; sklopi jo porabljajo po vrsti: {sl}", f"; the lots use it in turn: {en}")


def division(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    """The method: in rank order or in shares, with everything that changes it."""
    rule = rulebook.file.allocation
    if rule is None:
        return (Paragraph(speaker.say("Ta pravila denarja ne delijo.", "These rules divide no money.")),)
    items = []
    for fill, lots in rulebook.by_fill.items():
        told = _in_order(speaker, rulebook, lots) if fill == "rank" else _in_shares(speaker, rulebook, rule)
        items += told if len(rulebook.by_fill) == 1 else rules_fills.in_lots(speaker, rulebook, lots, told)
    kept = [_set_aside(speaker, rulebook, key, one) for key, one in rule.set_asides.items()]
    items = rules_fills.money_threshold(speaker, rulebook, rule) + kept + items
    if rule.leftovers == "second_pass":
        items.append(
            speaker.say(
                "Kar v sklopih ostane, se v drugem krogu razdeli med vloge vseh sklopov, ki niso prejele vsega"
                + (", v enem vrstnem redu." if rule.fill == "rank" else "."),
                "What the lots leave is divided in a second pass among the applications of all lots that did not get "
                "all" + (", in one order." if rule.fill == "rank" else "."),
            )
        )
    if rule.reserve_list:
        items.append(_reserve(speaker, rule))
    return bullets([*items, _rounding(speaker, rule, "proportional" in rulebook.by_fill)])


def _reserve(speaker: Speaker, rule: Allocation) -> str:
    """Who stays on the reserve list."""
    below = ""
    if rule.money_threshold is not None:
        below = speaker.say(
            ", tudi tiste pod pragom, ki sledi iz sredstev",
            ", those below the threshold that follows from the money too",
        )
    return speaker.say(
        f"Vloge, ki bi jim po pravilih kaj pripadalo, pa niso prejele nič, ostanejo na rezervnem seznamu{below}.",
        f"Applications that might have got something by the rules but got nothing stay on a reserve list{below}.",
    )


def _in_order(speaker: Speaker, rulebook: Rulebook, keys: Sequence[str]) -> list[str]:
    rule, say = rulebook.file.allocation, speaker.say
    assert rule is not None
    lots = {key: rulebook.lots[key] for key in keys}
    edges = {rulebook.edge(lot) for lot in lots}
    begin = say("Sredstva se dodelijo po prednostnem vrstnem redu", "The money is granted in rank order")
    if len(edges) == 1:
        items = [f"{begin}; {speaker.text(_EDGES[next(iter(edges))])}."]
    else:
        items = [f"{begin}."] + [
            f"{speaker.text(lot.title) or key}: {speaker.text(_EDGES[rulebook.edge(key)])}."
            for key, lot in lots.items()
        ]
    for key, lot in lots.items():
        title = f"{speaker.text(lot.title) or key}: " if lot.most_winners is not None else ""
        items += [title + text for text in winners(speaker, rulebook.most_winners(key))]
    items = list(dict.fromkeys(items))
    return items + _useful(speaker, rulebook, rule, edges)


def _useful(speaker: Speaker, rulebook: Rulebook, rule: Allocation, edges: Set[str]) -> list[str]:
    """What is too little of an amount to be granted; a whole amount is granted however little it is."""
    if not rule.minimum_useful or "part" not in edges:
        return []
    least = speaker.euros(rule.minimum_useful * 100)
    joint = any(limit.binds == "edge" for limit in rule.limits.values())
    pot = speaker.say(" ali skupna omejitev", " or a joint limit") if joint else ""
    text = speaker.say(
        f"Če sredstva{pot} zadoščajo le še za del zneska, ki ga vloga lahko prejme, in je ta del manjši od {least}, "
        "ga ne prejme.",
        f"Where the money{pot} suffices only for a part of what an application may get, and that part is below "
        f"{least}, it does not get it.",
    )
    if rulebook.file.ranking.still_tied == "shared":
        text += speaker.say(
            " Na deljenem mestu ga tedaj ne prejme nobena.", " On a shared place none of them does then."
        )
    return [text]


def _in_shares(speaker: Speaker, rulebook: Rulebook, rule: Allocation) -> list[str]:
    say = speaker.say
    pot = say("Sredstva sklopa", "The money of a lot") if rulebook.file.lots else say("Sredstva", "The money")
    by, unit = say("s številom točk", "points"), unit_value(speaker, rule)
    if rule.weight != "points":
        by = say("z utežjo ", "the weight ") + spoken(speaker, rulebook, rule.weight)
    items = [
        *rules_fills.fixed_part(speaker, rulebook, rule),
        say(f"{pot} se razdelijo sorazmerno {by}: ", f"{pot} is shared in proportion to {by}: ")
        + (
            say("znesek = točke × vrednost točke.", "amount = points × the value of a point.")
            if rule.weight == "points"
            else say("znesek = utež × vrednost enote.", "amount = weight × the value of one unit.")
        ),
        say(
            f"Kar vlogi nad njeno mejo ne pripada, se razdeli med druge; {unit} se zato poveča.",
            f"What an application cannot take because of its limit is shared among the others; the {unit} grows.",
        )
        if rule.resharing
        else say(
            "Kar vlogi nad njeno mejo ne pripada, ostane nerazdeljeno.",
            "What an application cannot take because of its limit is not shared again.",
        ),
    ]
    if rule.value_of_point is not None:
        how = _exactly(speaker, rule)
        items.append(
            say(
                f"{unit[:1].upper()}{unit[1:]} se zaokroži {how} in objavi.",
                f"The {unit} is rounded {how} and published.",
            )
        )
    if rule.minimum_grant is not None:
        items.append(_least(speaker, rule))
    return items


def _exactly(speaker: Speaker, rule: Allocation) -> str:
    assert rule.value_of_point is not None
    return cents(speaker, rule.value_of_point.round)


def _least(speaker: Speaker, rule: Allocation) -> str:
    assert rule.minimum_grant is not None
    least = speaker.euros(rule.minimum_grant.amount * 100)
    if rule.minimum_grant.drop == "all":
        return speaker.say(
            f"Kdor bi prejel manj kot {least}, ne prejme nič; sredstva se razdelijo med druge.",
            f"Whoever would get less than {least} gets nothing; the money is shared among the others.",
        )
    return speaker.say(
        f"Če bi kdo prejel manj kot {least}, odpade najnižji in sredstva se razdelijo znova, dokler takih ni več.",
        f"Where anyone would get less than {least}, the lowest drops out and the money is shared again, until none is "
        "below.",
    )


def _set_aside(speaker: Speaker, rulebook: Rulebook, key: str, one: SetAside) -> str:
    say = speaker.say
    share = speaker.number(one.percent or 0) + say(f"{NBSP}% sredstev", "% of the money")
    kept = speaker.euros(one.amount * 100) if one.amount is not None else share
    kept += f" {lots_named(speaker, rulebook, one.lots)}" if one.lots else ""
    title, where = lower(speaker.text(one.title)) or key, clause(speaker, rulebook, one.where)
    rest = {
        "open": say("kar ne porabijo, je na voljo vsem", "what they do not use is open to all"),
        "stays": say("kar ne porabijo, ostane", "what they do not use stays"),
    }[one.unused]
    return say(
        f"Najprej se razdeli {kept}, namenjeno za: {title} (če {where}); {rest}. Tudi te vloge sodelujejo pri "
        "delitvi ostalih sredstev.",
        f"First {kept} is divided, kept for: {title} (where {where}); {rest}. These applications take part in dividing "
        "the rest too.",
    )


def _rounding(speaker: Speaker, rule: Allocation, shared: bool) -> str:
    how = (
        cents(speaker, rule.round)
        if rule.round is not None
        else speaker.say("na cent (polovica navzgor)", "to the cent (halves up)")
    )
    owner = rule.last_cent if rule.value_of_point is None else "nobody"
    last = "" if not shared else f"; {speaker.text(_LAST_CENT[owner])}"
    return speaker.say(f"Znesek se zaokroži {how}{last}.", f"The amount is rounded {how}{last}.")


def money_part(speaker: Speaker, rulebook: Rulebook) -> Part:
    """The money, its division and the limits under one heading."""
    rule = rulebook.file.allocation
    title = speaker.say("Kako se razdeli denar", "How the money is divided")
    title += article(speaker, rule.article if rule else None)
    blocks = (*available(speaker, rulebook), *division(speaker, rulebook), *limits(speaker, rulebook))
    return Part(title, blocks)
