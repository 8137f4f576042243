"""Identifiers of applicants and cases: matična and davčna številka, bank account, number of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.si import ddv, maticna

from razpis.procedure.problems import Problem, ProcedureError

STATE_ACCOUNT = "01"
_SEPARATORS = re.compile(r"[\s.\-–]")
_CASE = re.compile(r"([0-9]{3,8})-([0-9]{1,6})/([0-9]{4})(?:-([0-9]{1,6}))?")


class IdentifierError(ProcedureError):
    """The text is not the identifier it should be; ``problem.key`` ends in what is wrong."""


def check_maticna(text: str) -> str:
    """The registration number of the Slovenian business register as 7 digits, or 10 for a unit.

    The last three places of a unit carry no check digit, so a slip there cannot be seen; ``000`` is the main
    unit and is dropped. Source: Uredba o vodenju in vzdrževanju Poslovnega registra Slovenije (UL RS 30/19).

    :raises IdentifierError: ``maticna_length``, ``maticna_letters`` or ``maticna_check``.
    """
    number = _bare(text)
    if len(number) not in (7, 10):
        raise _error(
            "maticna_length",
            f"Matična številka ima 7 mest (enota 10), vpisanih je {len(number)}. Preverite jo v registru AJPES.",
            f"A registration number has 7 places (a unit has 10), not {len(number)}. Check it in the AJPES register.",
        )
    if not re.fullmatch(r"[0-9]{7}([0-9A-Z][0-9]{2})?", number):
        raise _error(
            "maticna_letters",
            "Matična številka ima same števke; črka je lahko le na osmem mestu, pri enoti.",
            "A registration number has digits only; a letter may stand at the eighth place alone, in a unit's number.",
        )
    try:
        return maticna.validate(number)
    except ValidationError as refused:
        raise _check_digit("maticna_check", "Matična številka", "The registration number") from refused


def check_davcna(text: str) -> str:
    """The Slovenian tax number as 8 digits; the ``SI`` of a VAT number is dropped.

    That the number is right says nothing about whether its holder is liable for VAT.
    Source: Zakon o davčnem postopku; check digit modulo 11.

    :raises IdentifierError: ``davcna_length``, ``davcna_letters`` or ``davcna_check``.
    """
    number = _bare(text).removeprefix("SI")
    if not re.fullmatch(r"[0-9]*", number):
        raise _error(
            "davcna_letters",
            "Davčna številka ima same števke; pred njimi lahko stoji le SI.",
            "A tax number has digits only; nothing but SI may stand before them.",
        )
    if len(number) != 8:
        raise _error(
            "davcna_length",
            f"Davčna številka ima 8 števk, vpisanih je {len(number)}.",
            f"A tax number has 8 digits, not {len(number)}.",
        )
    try:
        return ddv.validate(number)
    except ValidationError as refused:
        raise _check_digit("davcna_check", "Davčna številka", "The tax number") from refused


def check_iban(text: str) -> str:
    """A Slovenian bank account as 19 characters: ``SI``, two check digits, fifteen digits.

    Both checks are made: of the whole (ISO 13616) and of the fifteen digits by their own last two (ISO 7064
    MOD 97-10). Together they leave ``SI56`` as the only possible beginning.

    :raises IdentifierError: ``iban_country``, ``iban_length``, ``iban_letters``, ``iban_check`` or ``iban_account``.
    """
    number = _bare(text)
    if number[:2] != "SI":
        raise _error(
            "iban_country",
            "Račun mora biti slovenski in se začeti s SI56.",
            "The account must be Slovenian and begin with SI56.",
        )
    if len(number) != 19:
        raise _error(
            "iban_length",
            f"Slovenski račun (TRR) ima 19 znakov, vpisanih je {len(number)}. Primer: SI56 0110 0600 0000 314.",
            f"A Slovenian account has 19 characters, not {len(number)}. Example: SI56 0110 0600 0000 314.",
        )
    if not re.fullmatch(r"[0-9]{17}", number[2:]):
        raise _error("iban_letters", "Za SI sme račun imeti le števke.", "After SI an account has nothing but digits.")
    if not mod_97_10.is_valid(number[4:] + number[:4]):
        raise _check_digit("iban_check", "Številka računa", "The account number")
    if mod_97_10.checksum(number[4:]) != 1:
        raise _error(
            "iban_account",
            "Kontrolni števki na koncu računa se ne ujemata z drugimi. Prepišite številko s potrdila banke.",
            "The last two digits of the account do not fit the others. Copy the number from the bank's confirmation.",
        )
    return number


def account_warnings(iban: str) -> tuple[Problem, ...]:
    """What looks odd about a checked account: ``01…`` is kept by the state's payments office for public bodies."""
    if iban[4:6] != STATE_ACCOUNT:
        return ()
    return (
        Problem(
            "iban_state_account",
            "Račun 01… ima proračunski uporabnik pri UJP, nevladna organizacija praviloma ne. Preverite ga.",
            "An account 01… belongs to a public body, as a rule not to a non-governmental organisation. Check it.",
            warning=True,
        ),
    )


def grouped_iban(iban: str) -> str:
    """A checked account as people read it: ``SI56 0110 0600 0000 314``."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The number of a case, or of a document in it; how many zeros were written does not make another case.

    Source: Uredba o upravnem poslovanju, 6. člen (UL RS 9/18): classification mark – serial in the year / year.
    """

    classification: str
    serial: int
    year: int
    document: int | None = None
    width: int = field(default=1, compare=False)

    def __str__(self) -> str:
        case = f"{self.classification}-{self.serial:0{self.width}d}/{self.year:04d}"
        return case if self.document is None else f"{case}-{self.document}"

    @property
    def case(self) -> CaseNumber:
        """The case the document belongs to."""
        return replace(self, document=None)


def parse_case_number(text: str) -> CaseNumber:
    """Read ``41001-950/2017`` or, for a document, ``41001-950/2017-1``.

    :raises IdentifierError: ``case_number`` where the text has another form or a serial is zero.
    """
    match = _CASE.fullmatch(re.sub(r"\s", "", text).replace("–", "-"))
    if match is None or int(match[2]) == 0 or (match[4] is not None and int(match[4]) == 0):
        raise _error(
            "case_number",
            "Številka zadeve ima obliko 41001-950/2017: klasifikacijski znak, zaporedna številka, štirimestno leto; "
            "številka dokumenta ima na koncu še -1.",
            "A case number looks like 41001-950/2017: classification mark, serial number, four-digit year; "
            "a document's number has -1 behind it.",
        )
    document = int(match[4]) if match[4] else None
    return CaseNumber(match[1], int(match[2]), int(match[3]), document, len(match[2]))


def _bare(text: str) -> str:
    """Without the blanks, dots and dashes people write between digits, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def _error(key: str, sl: str, en: str) -> IdentifierError:
    return IdentifierError(Problem(key, sl, en))


def _check_digit(key: str, sl: str, en: str) -> IdentifierError:
    return _error(
        key,
        f"{sl} ni prava: kontrolna števka se ne ujema. Preverite, ali je katera števka napačna ali zamenjana.",
        f"{en} is not right: its check digit does not fit. See whether a digit is wrong or two are swapped.",
    )
