"""What the law of the procedure finds wrong, in Slovenian and English, each with a key for the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["sl", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Slovenian and in English."""

    sl: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.sl if language == "sl" else self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong and what to do about it. A warning does not stop the work."""

    key: str
    sl: str
    en: str
    warning: bool = False

    def __getitem__(self, language: Language) -> str:
        return self.sl if language == "sl" else self.en


class ProcedureError(Exception):
    """The law of the procedure says no; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)

    def __str__(self) -> str:
        return self.problem.en
