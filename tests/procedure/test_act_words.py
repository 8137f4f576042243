"""Every kind and state of a document has its words, each its own."""

from __future__ import annotations

from razpis.procedure.act_words import KINDS, STATES
from razpis.procedure.acts import KNOWN_OUTSIDE, ActState, Kind


def test_every_kind_and_state_is_named_once_in_each_language() -> None:
    for words, named in ((KINDS, Kind), (STATES, ActState)):
        assert set(words) == set(named)
        for language in ("sl", "en"):
            assert len({one[language] for one in words.values()}) == len(named)


def test_what_the_world_knows_of_was_issued_once() -> None:
    assert sorted(one.value for one in KNOWN_OUTSIDE) == ["annulled", "issued", "replaced"]
