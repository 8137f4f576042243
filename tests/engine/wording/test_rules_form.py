"""Where every answer of the form counts, in words."""

from __future__ import annotations

from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_form import form
from tests.engine.making import rulebook
from tests.engine.wording.ruling import lines

SL, EN = Speaker("sl"), Speaker("en")


def test_everything_an_answer_decides_is_told() -> None:
    found = rulebook(
        """
        fields:
          seat: {type: choice, label: Sedež, options: {mb: Maribor, el: drugje}}
          disabled: {type: yes_no, label: Invalid}
          kids: {type: integer, label: Otroci}
          rooms: {type: integer, label: Sobe}
          weighs: {type: decimal, label: Utež, min: 1}
          least: {type: euro, label: Osnova}
          gate: {type: yes_no, label: Nov}
          shorter: {type: text, label: Oznaka, max_length: 1}
          requested: {type: euro, label: Zaprošeno}
        derived: {large: {label: Velika, value: kids > 3}}
        """,
        """
        criteria: {it: {kind: per_unit, title: Sobe, value: rooms, points: 4, max: 12, count: exact}}
        total: {factor: 1 if large else 0.5}
        thresholds: [{of: total, at_least: 1, applies: not gate}]
        budget: 1000
        allocation:
          request: requested
          fill: proportional
          weight: points * weighs
          fixed_part: least
          limits: {few: {amount: 10, per: all, where: seat == 'mb'}}
        """,
    )
    told = lines(form(SL, found))
    assert told[3:12] == [
        "Sedež | ena možnost: Maribor; drugje | da | znesek",
        "Invalid | da ali ne | da | –",
        "Otroci | celo število | da | vsota točk",
        "Sobe | celo število | da | Sobe",
        "Utež | število, najmanj 1 | da | znesek",
        "Osnova | znesek v evrih | da | znesek",
        "Nov | da ali ne | da | prag",
        "Oznaka | besedilo, do 1 znaka | da | –",
        "Zaprošeno | znesek v evrih | da | znesek",
    ]
    assert told[-1] == "* Velika = da, če je »Otroci« več kot 3, sicer ne"
    assert "* Velika = yes where 'Otroci' is more than 3, otherwise no" in lines(form(EN, found))
    alone = rulebook(
        "fields: {weighs: {type: decimal, label: Utež}, asked: {type: euro, label: Zaprošeno}}",
        "budget: 9\nallocation: {request: asked, weight: weighs}",
    )
    assert lines(form(SL, alone))[3] == "Utež | število | da | –"
    stated = "set_asides: {first: {where: own, percent: 10, title: Novi}, other: {where: own, percent: 10}}"
    kept = rulebook(
        "fields: {own: {type: yes_no, label: Nov}, asked: {type: euro, label: Zaprošeno}}",
        f"budget: 9\nallocation: {{request: asked, entitlement: 5, {stated}}}",
    )
    assert lines(form(SL, kept))[3:5] == [
        "Nov | da ali ne | da | namenska sredstva: Novi; namenska sredstva: other",
        "Zaprošeno | znesek v evrih | da | znesek",
    ]
