"""Who does something: a person with the roles they hold at this moment, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.procedure.roles import Role
from razpis.services.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """``id`` is ``None`` for the system (a clock, the command line)."""

    id: int | None
    name: str
    roles: frozenset[Role] = frozenset()

    def needs(self, *roles: Role) -> None:
        """Refuse whoever holds none of ``roles``. Raises :class:`Forbidden`."""
        if self.roles.isdisjoint(roles):
            raise Forbidden(
                Text("Za to dejanje nimate potrebnih pravic.", "You do not hold the role that this action needs.")
            )

    @property
    def person(self) -> int:
        """The person's number. Raises :class:`Forbidden` for the system."""
        if self.id is None:
            raise Forbidden(Text("To lahko stori le prijavljena oseba.", "Only a signed-in person can do this."))
        return self.id


SYSTEM = Actor(None, "sistem")
