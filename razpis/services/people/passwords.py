"""Passwords: what makes a fit one, and how it is kept (scrypt, salted)."""

from __future__ import annotations

from werkzeug.security import check_password_hash, generate_password_hash

from razpis.engine.problems import Text

SHORTEST, LONGEST = 12, 200
METHOD = "scrypt:32768:8:1"
"""How new passwords are hashed: the name and its cost; each kept hash says its own."""
_EASY = ("geslo", "password", "qwert", "123456", "maribor", "razpis")


def unfit(password: str, email: str, name: str) -> Text | None:
    """What is wrong with a new password, or ``None``. Length counts, not signs of this or that kind."""
    lower = password.lower()
    if len(password) < SHORTEST:
        return Text(
            f"Geslo naj ima vsaj {SHORTEST} znakov; najlažje si zapomnite nekaj besed zapored.",
            f"The password needs at least {SHORTEST} characters; a few words in a row are easiest to remember.",
        )
    if len(password) > LONGEST:
        return Text(f"Geslo sme imeti največ {LONGEST} znakov.", f"The password may have {LONGEST} characters at most.")
    own = [part for part in (*email.lower().split("@"), *name.lower().split()) if len(part) > 3]
    if any(part in lower for part in (*_EASY, *own)) or len(set(lower)) < 5:
        return Text(
            "Geslo je preveč predvidljivo: ne sme vsebovati vašega imena, naslova ali pogostih gesel.",
            "The password is too easy to guess: it must not hold your name, address or a common password.",
        )
    return None


def kept(password: str) -> str:
    """The hash to keep."""
    return generate_password_hash(password, METHOD)


def right(password: str, hash: str | None) -> bool:
    """Whether ``password`` is the one kept. Takes as long where none is kept, so that nobody learns who has one."""
    found = check_password_hash(hash or _NOBODY, password)
    return found and hash is not None


_NOBODY = generate_password_hash("", METHOD)
