"""The words of mail, from ``templates/mail/NAME.LANGUAGE.txt``: the first line is the subject."""

from __future__ import annotations

from functools import cache
from string import Template
from typing import NamedTuple

from razpis.assets import ASSETS
from razpis.engine.problems import Language


class Letter(NamedTuple):
    """A subject and a body, ready to be sent."""

    subject: str
    body: str


def letter(name: str, language: Language, /, **values: str) -> Letter:
    """The letter ``name`` with its ``$values`` put in. Raises ``KeyError`` where the text asks for one not given."""
    subject, _, body = _text(name, language).partition("\n")
    single = {key: " ".join(value.split()) for key, value in values.items()}
    return Letter(Template(subject).substitute(single), Template(body.strip() + "\n").substitute(values))


@cache
def _text(name: str, language: Language) -> str:
    return (ASSETS / "templates" / "mail" / f"{name}.{language}.txt").read_text("utf-8")
