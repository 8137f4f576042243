"""Phrases the rules need again and again: expressions with labels, rounding, articles, conditions."""

from __future__ import annotations

from razpis.engine import money
from razpis.engine.expressions.build import Sign, Value
from razpis.engine.expressions.lexer import Token, tokens
from razpis.engine.money import Number, Rounding
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import naming
from razpis.engine.wording.speaker import NBSP, Speaker

_COMPARED = {"==": "=", "!=": "≠", ">=": "≥", "<=": "≤", "*": "×", "-": "−", ",": ";", "[": "(", "]": ")"}
_POINTS = {
    "points": Text("točke", "points"),
    "ranking_points": Text("točke za vrstni red", "points for the order"),
    "place": Text("mesto", "place"),
    "lot_amount": Text("sredstva sklopa", "the lot's money"),
    "wanted": Text("znesek po omejitvah", "the amount within the limits"),
}
_MODES = {
    "half_up": Text("polovica navzgor", "halves up"),
    "half_even": Text("polovica k sodi", "halves to even"),
    "down": Text("navzdol", "down"),
    "up": Text("navzgor", "up"),
}


def spoken(speaker: Speaker, rulebook: Rulebook, source: str) -> str:
    """An expression with the labels of facts in place of their names: ``0,8 × »Vrednost programa«``."""
    found = [token for token in tokens(source) if token.kind != "end"]
    if len(found) == 1 and found[0].kind == "number":
        return speaker.number(_number(found[0]))
    parts: list[Value] = []
    at = 0
    while at < len(found):
        taken, piece = _piece(speaker, rulebook, found[at : at + 3])
        parts.append(piece)
        at += taken
    return speaker.derivation(tuple(parts))


def _piece(speaker: Speaker, rulebook: Rulebook, ahead: list[Token]) -> tuple[int, Value]:
    """How many tokens belong together at the beginning of ``ahead``, and what they say."""
    token, following = ahead[0], [one.text for one in ahead[1:]]
    if token.kind == "number":
        return 1, _number(token)
    if token.kind == "text":
        return 1, _quoted(speaker, token.text[1:-1])
    if token.kind == "name" and following[:1] == ["."]:
        return 3, _quoted(speaker, _column(speaker, rulebook, token.text, following[1]))
    if token.kind == "name" and following[:1] != ["("]:
        return 1, fact(speaker, rulebook, token.text)
    if token.text == "not" and following[:1] == ["in"]:
        return 2, Sign("∉")
    if token.text in ("true", "false"):
        return 1, token.text == "true"
    return 1, Sign("∈" if token.text == "in" else _COMPARED.get(token.text, token.text))


def _number(token: Token) -> Number:
    return money.parse_number(token.text)


def _quoted(speaker: Speaker, text: str) -> str:
    return speaker.say(f"»{text}«", f"'{text}'")


def fact(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """What a name in an expression is called."""
    if name in _POINTS:
        return speaker.text(_POINTS[name])
    part = name.removeprefix("points_")
    for titled in (rulebook.sections, rulebook.file.criteria):
        if part != name and part in titled:
            title = _quoted(speaker, speaker.text(titled[part].title))
            return speaker.say(f"točke {title}", f"points of {title}")
    label = naming.label(speaker, rulebook, name)
    return _quoted(speaker, label) if name in rulebook.fields or name in rulebook.file.derived else label


def _column(speaker: Speaker, rulebook: Rulebook, table: str, column: str) -> str:
    columns = getattr(rulebook.fields[table], "columns", {})
    return f"{naming.label(speaker, rulebook, table)}: {speaker.text(columns[column].label)}"


def amount(speaker: Speaker, rulebook: Rulebook, source: str) -> str:
    """An expression in euros: a plain number as money."""
    found = tokens(source)
    if len(found) == 2 and found[0].kind == "number":
        return speaker.euros(_number(found[0]) * 100)
    return spoken(speaker, rulebook, source)


def decimals(speaker: Speaker, rule: Rounding) -> str:
    """``na 2 decimalki (polovica navzgor)``."""
    if rule.places < 0:
        to = speaker.say("na ", "to ") + speaker.number(10**-rule.places)
    elif rule.places == 0:
        to = speaker.say("na celo število", "to a whole number")
    else:
        words = speaker.counted(
            rule.places, ("decimalko", "decimalki", "decimalke", "decimalk", ""), ("decimal", "decimals")
        )
        to = speaker.say("na ", "to ") + f"{rule.places}{NBSP}{words}"
    return f"{to} ({speaker.text(_MODES[rule.mode])})"


def cents(speaker: Speaker, rule: Rounding) -> str:
    """``na cent (polovica navzgor)``: rounding of an amount."""
    known = {2: speaker.say("na cent", "to the cent"), 0: speaker.say("na evro", "to the euro")}
    to = known.get(rule.places)
    if to is None and rule.places < 0:
        to = speaker.say("na ", "to ") + speaker.number(10**-rule.places) + speaker.say(" evrov", " euros")
    return f"{to} ({speaker.text(_MODES[rule.mode])})" if to else decimals(speaker, rule)


def article(speaker: Speaker, text: Text | None) -> str:
    """`` (7. člen)``, or nothing."""
    return f" ({speaker.text(text)})" if text else ""


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", ":")) else f"{whole}."


def lower(text: str) -> str:
    """A title inside a sentence: its first letter small, unless more of the word is capital."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def recipients(speaker: Speaker, most: int) -> str:
    """After »največ«: ``1 vloga``, ``2 vlogi``, ``3 vloge``, ``5 vlog``."""
    forms = ("vloga", "vlogi", "vloge", "vlog", "")
    return f"{most} {speaker.counted(most, forms, ('application', 'applications'))}"


def winners(speaker: Speaker, most: int | None) -> list[str]:
    """How many may get money, where that is limited."""
    if most is None:
        return []
    count = recipients(speaker, most)
    return [
        speaker.say(
            f"Denar prejme največ {count} po vrstnem redu; če bi deljeno mesto to število preseglo, ga ne prejme "
            "nobena vloga s tega mesta.",
            f"At most {count} get money, the first in the order; where a shared place would exceed that number, none "
            "of it does.",
        )
    ]
