"""Numbers of documents and receipts: written by a pattern the body may change, unique by their serial."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from razpis.procedure.identifiers import CaseNumber
from razpis.procedure.problems import Problem, ProcedureError

DOCUMENT = "{classification}-{case}/{year}-{serial}"  # Uredba o upravnem poslovanju: 41010-12/2026-3
APPLICANT_DOCUMENT = "{classification}-{case}/{year}-{applicant}-{serial}"  # one row of documents per applicant
RECEIPT = "P-{classification}-{case}/{year}-{serial:04}"
FIELDS = ("classification", "case", "year", "year2", "applicant", "serial")
_WIDTH = re.compile(r"(0[1-9])?")
_SEPARATOR = re.compile(r"[^0-9A-Za-z]")


class NumberError(ProcedureError):
    """The pattern is not one, or a number lacks what its pattern asks for."""


def pattern_problems(pattern: str) -> tuple[Problem, ...]:
    """Why numbers written by ``pattern`` could not be told apart, or not be written at all.

    A pattern holds :data:`FIELDS` in braces, each with a width such as ``{serial:04}`` if wished; ``{serial}``
    must be there, and between two fields something that is neither digit nor letter.
    """
    try:
        parts = tuple(Formatter().parse(pattern))
    except ValueError:
        return (_pattern_problem("zavitih oklepajev ni mogoče razbrati", "its braces cannot be read"),)
    found = []
    for place, (literal, name, width, conversion) in enumerate(parts):
        if name is None:
            continue
        if name not in FIELDS or conversion or not _WIDTH.fullmatch(width or ""):
            found.append(_pattern_problem(f"polja {{{name}}} ni ali ni prav zapisano", f"{{{name}}} is no field"))
        elif place and not _SEPARATOR.search(literal):
            found.append(
                _pattern_problem(f"pred {{{name}}} manjka ločilo", f"a separator is missing before {{{name}}}")
            )
    if [name for _, name, _, _ in parts].count("serial") != 1:
        found.append(_pattern_problem("{serial} mora biti v njem enkrat", "{serial} must stand in it once"))
    return tuple(found)


def written(pattern: str, case: CaseNumber, serial: int, applicant: int | None = None) -> str:
    """The number with ``serial`` in the series of :func:`series`.

    :raises NumberError: ``number_pattern``; ``number_serial`` where a serial is below 1; ``number_applicant``.
    """
    if serial < 1:
        raise NumberError(
            Problem(
                "number_serial",
                f"Zaporedna številka mora biti vsaj 1, ne {serial}.",
                f"A serial number must be at least 1, not {serial}.",
            )
        )
    return pattern.format_map({**_values(pattern, case, applicant), "serial": serial})


def series(pattern: str, case: CaseNumber, applicant: int | None = None) -> str:
    """The name of the series the serial is counted in: all that ``pattern`` says but the serial itself.

    Whoever counts by this name never gives a number twice: ``41010-12/2026-#``.

    :raises NumberError: as :func:`written` does.
    """
    bare = re.sub(r"\{serial[^}]*\}", "#", pattern)
    return bare.format_map(_values(pattern, case, applicant))


def _values(pattern: str, case: CaseNumber, applicant: int | None) -> Mapping[str, object]:
    problems = pattern_problems(pattern)
    if problems:
        raise NumberError(problems[0])
    if applicant is None and "{applicant" in pattern:
        raise NumberError(
            Problem(
                "number_applicant",
                "Obrazec številke vsebuje prijavitelja, številka prijavitelja pa manjka.",
                "The pattern of the number holds the applicant, and the applicant's number is missing.",
            )
        )
    return {
        "classification": case.classification,
        "case": case.serial,
        "year": case.year,
        "year2": case.year % 100,
        "applicant": applicant,
    }


def _pattern_problem(sl: str, en: str) -> Problem:
    known = ", ".join(FIELDS)
    return Problem(
        "number_pattern",
        f"Obrazec številke ni pravi: {sl}. Znana polja: {known}.",
        f"The pattern of the number is not right: {en}. Known fields: {known}.",
    )
