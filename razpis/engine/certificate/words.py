"""How a certificate speaks: amounts, applications, sums and places in Slovenian and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from razpis.engine import money
from razpis.engine.certificate.entries import Key
from razpis.engine.money import Number
from razpis.engine.problems import Text


def euros(cents: Number) -> Text:
    """``1.234,50 EUR``; an amount that is not whole cents is marked ``≈``."""
    mark = "" if cents == money.floor(cents) else "≈ "
    whole, decimals = money.fixed(money.from_cents(max(cents, -cents)), 2).split(".")
    head = len(whole) % 3 or 3
    grouped = ",".join([whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))])
    sign = "-" if cents < 0 else ""
    sl = grouped.replace(",", ".")
    return Text(f"{mark}{sign}{sl},{decimals} EUR", f"{mark}{sign}{grouped}.{decimals} EUR")


def application(id_: str) -> Text:
    """``vloga v12``."""
    return Text(f"vloga {id_}", f"application {id_}")


def lot(name: str) -> Text:
    """``sklop A``, or the whole call where it has no lots."""
    return Text(f"sklop {name}", f"lot {name}") if name else Text("razpis", "the call")


def whose(key: Key) -> Text:
    """What a sum is: a lot, the whole budget, a named limit (of an applicant), a set-aside."""
    kind, *rest = key
    name = rest[0] if rest else ""
    match kind:
        case "lot":
            return lot(name)
        case "limit" if rest[1]:
            return Text(f"omejitev »{name}« za prijavitelja {rest[1]}", f"the limit '{name}' of applicant {rest[1]}")
        case "limit":
            return Text(f"omejitev »{name}«", f"the limit '{name}'")
        case "set_aside":
            return Text(f"namenska sredstva »{name}«", f"the set-aside '{name}'")
        case "beside":
            return Text(f"sredstva zunaj namenskih »{name}«", f"the money beside the set-aside '{name}'")
        case _:
            return Text("vsa sredstva razpisa", "the whole budget")


def place(number: int) -> Text:
    """``3. mesto``."""
    return Text(f"{number}. mesto", f"place {number}")


def numbers(values: Iterable[Number | None]) -> Text:
    """``17,5; 1/3``."""
    return listed([Text("–", "–") if value is None else _exact(value) for value in values])


def passes(found: Sequence[tuple[str, int]]) -> Text:
    """``youth 300,00 EUR; general 0,00 EUR``."""
    return listed([joined(f"{name} ", euros(cents)) for name, cents in found]) if found else quoted(None)


def listed(parts: Sequence[Text]) -> Text:
    """``one; two``."""
    return Text("; ".join(part.sl for part in parts), "; ".join(part.en for part in parts))


def times(count: int) -> Text:
    """``ni je``, ``je``, ``2-krat``."""
    return {0: Text("je ni", "absent"), 1: Text("je", "present")}.get(count, Text(f"{count}-krat", f"{count} times"))


def settled(how: str) -> Text:
    """How a tie was settled."""
    named = {
        "draw": Text("žreb", "by draw"),
        "shared": Text("deljeno mesto", "shared place"),
        "open": Text("odprto", "open"),
    }
    return named[how]


def _exact(value: Number) -> Text:
    plain = money.plain(value)
    return Text(plain.replace(".", ","), plain)


def joined(*parts: Text | str) -> Text:
    """One text of several."""
    texts = [Text(part, part) if isinstance(part, str) else part for part in parts]
    return Text("".join(text.sl for text in texts), "".join(text.en for text in texts))


def claimed(subject: Text, said: Text, found: Text) -> Text:
    """``vloga v12: v izidu 10,00 EUR, po pravilih 9,99 EUR``."""
    return joined(subject, Text(": v izidu ", ": claimed "), said, Text(", po pravilih ", ", by the rules "), found)


def shown(value: Number | bool | None) -> Text:
    """``da`` or ``ne``; cents in euros, exact; ``ni podatka`` where there is none."""
    if isinstance(value, bool):
        return Text("da", "yes") if value else Text("ne", "no")
    if value is None:
        return quoted(None)
    return euros(value) if value == money.floor(value) else joined(_exact(money.from_cents(value)), " EUR")


def quoted(value: object) -> Text:
    """A value as it stands, or ``ni`` / ``none``."""
    if value is None or value == "":
        return Text("ni podatka", "none")
    return Text(f"»{value}«", f"'{value}'")
