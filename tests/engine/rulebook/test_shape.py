"""The shape of a rulebook: unknown, missing and wrongly typed parts, each at its place, all at once."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook_text

RANK_KEY = (
    "»{}« ni ključ; na voljo: points, submitted_at, line, draw, {{criterion: …}}, {{section: …}}, {{expression: …}}"
)
COMMA = "»{}« ni ime: vejica tu loči vrednosti; decimalno število zapišite s piko ({})"
KEYS = "tu so potrebna imena z vrednostmi (ime: vrednost)"
LIST = "tu je potreben seznam (vrstice z »- «)"
TRUE = "tu je potrebno true ali false (brez narekovajev)"
WHOLE = "tu je potrebno celo število, na primer 12 (brez narekovajev)"
TEXT = "tu je potrebno besedilo"
WORDS = "tu je potrebno besedilo ali {sl: …, en: …}"
NUMBER = "tu je potrebno število, na primer 12 ali 2.5 (brez narekovajev, z decimalno piko)"
OPTIONS = "možnosti zapišite kot seznam besedil (števila in true/false v narekovajih) ali kot {vrednost: besedilo}"
SOME = "tu mora biti vsaj ena vrednost"
TYPES = "text, integer, decimal, euro, percent, date, yes_no, attachment, choice, choices, table"
CELLS = "text, integer, decimal, euro, percent, date, yes_no, choice"


NO_KEY = "»{}« ni ime: vejica tu loči ključe; izraz ali besedilo z vejico dajte v narekovaje"
EMPTY = "»{}« nima vrednosti; zapišite jo (z zamikom, če je v novih vrsticah) ali vrstico izbrišite"


def unknown(name, meant="", listed=""):
    hint = f" – ste mislili »{meant}«?" if meant else f"; na voljo: {listed}" if listed else ""
    return f"neznano ime »{name}«{hint}"


def allowed(given, options, meant=""):
    return f"»{given}« ni dovoljeno; na voljo: {options}" + (f" – ste mislili »{meant}«?" if meant else "")


def missing(name):
    return f"manjka »{name}«"


COMPUTED = "title, text, article, section, applies, after, weight, ranking_weight, round, missing, kind"
JUDGED = "title, text, article, section, applies, after, weight, ranking_weight, round, kind"
OF_BANDS, OF_BAND = f"{COMPUTED}, value, bands, otherwise, max", "from, above, to, below, points"
OF_MARKS = f"{JUDGED}, min, max, step, combine, round_combined, lowest_is_best, grades, minimum_marks, discrepancy, common_scale"
OF_CALL = "title, reference, year, deadline, example, applicant, decisions, names_published"
OF_KEY = "points, criterion, section, expression, submitted_at, line, draw, order, label"
OF_TOTAL = "max, factor, round"
OF_FILE = (
    "call, fields, topics, derived, conditions, sections, criteria, total, commission, thresholds, ranking, lots, "
    "budget, allocation, examples"
)
BANDS = "kind: bands, title: T, value: members, max: 1"
CHECKLIST = "kind: checklist, title: T, max: 1"
MARKS = "kind: marks, title: T, max: 5"


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        # unknown keys, at every level
        ({"▸criterai": "{}"}, [unknown("criterai", "criteria")]),
        ({"▸qqq": "1"}, [unknown("qqq", listed=OF_FILE)]),
        ({"call": "{title: T, reference: R, year: 2026, ▸titel: x}"}, [unknown("titel", "title")]),
        (
            {"call": "{title: T, reference: R, year: 2026, applicant: {name: title, ▸seet: title}}"},
            [unknown("seet", "seat")],
        ),
        ({"fields": "{a: {label: A, type: integer, ▸minn: 1}}"}, [unknown("minn", "min")]),
        (
            {"fields": "{a: {label: A, type: text, ▸min: 1}}"},
            [unknown("min", listed="label, help, required, public, filled_by, type, max_length")],
        ),
        (
            {"fields": "{a: {label: A, type: table, columns: {b: {label: B, type: date, ▸requred: true}}}}"},
            [unknown("requred", "required")],
        ),
        ({"derived": "{d: {label: D, value: members, ▸units: euro}}"}, [unknown("units", "unit")]),
        ({"conditions": "{c: {text: T, test: local, ▸mendabel: true}}"}, [unknown("mendabel", "mendable")]),
        ({"sections": "{s: {title: T, ▸maks: 1}}"}, [unknown("maks", listed="title, max, weight")]),
        ({"criteria": "{c: {" + BANDS + ", bands: [{points: 1, ▸form: 1}]}}"}, [unknown("form", "from")]),
        ({"criteria": "{c: {" + BANDS + ", bands: [{points: 1}], ▸abve: 1}}"}, [unknown("abve", listed=OF_BANDS)]),
        ({"criteria": "{c: {" + BANDS + ", bands: [{points: 1}], ▸points: 1}}"}, [unknown("points", listed=OF_BANDS)]),
        ({"criteria": "{c: {" + MARKS + ", ▸missing: 0}}"}, [unknown("missing", "min")]),
        (
            {"criteria": "{c: {" + CHECKLIST + ", items: [{text: T, when: local, points: 1, ▸point: 2}]}}"},
            [unknown("point", "points")],
        ),
        ({"criteria": "{bands: {" + MARKS + ", ▸abve: 1}}"}, [unknown("abve", listed=OF_MARKS)]),
        ({"total": "{▸maximum: 5}"}, [unknown("maximum", "max")]),
        ({"commission": "{▸minimum_mark: 5}"}, [unknown("minimum_mark", "minimum_marks")]),
        ({"thresholds": "[{of: total, at_least: 1, ▸atleast: 2}]"}, [unknown("atleast", "at_least")]),
        ({"ranking": "{▸key: [points]}"}, [unknown("key", "keys")]),
        ({"ranking": "{keys: [{▸criteria: a}]}"}, [unknown("criteria", "criterion")]),
        ({"lots": "{A: {amount: 1, ▸amonut: 2}}"}, [unknown("amonut", "amount")]),
        ({"allocation": "{request: requested, ▸limit: {}}"}, [unknown("limit", "limits")]),
        ({"allocation": "{request: requested, limits: {l: {amount: 1, ▸pre: all}}}"}, [unknown("pre", "per")]),
        (
            {"allocation": "{request: requested, value_of_point: {round: 2, ▸rounding: 2}}"},
            [unknown("rounding", "round")],
        ),
        ({"budget": "{amount: 1, lines: {a: {amount: 1, ▸percents: 2}}}"}, [unknown("percents", "percent")]),
        ({"budget": "{amount: 1, lines: {a: {amount: 1, lines: {b: {▸rset: true}}}}}"}, [unknown("rset", "rest")]),
        # missing keys
        ({"▸call": "{title: T}"}, [missing("reference"), missing("year")]),
        ({"fields": "{▸a: {}}"}, [missing("type")]),
        ({"fields": "{▸a: {type: choice}}"}, [missing("label"), missing("options")]),
        ({"fields": "{▸a: {type: table, label: A}}"}, [missing("columns")]),
        ({"fields": "{▸text: {type: text}}"}, [missing("label")]),
        ({"derived": "{▸d: {value: 1}}"}, [missing("label")]),
        ({"conditions": "{▸c: {test: local}}"}, [missing("text")]),
        ({"sections": "{▸s: {max: 1}}"}, [missing("title")]),
        ({"criteria": "{▸c: {title: T, max: 1}}"}, [missing("kind")]),
        ({"criteria": "{▸c: {" + BANDS + "}}"}, [missing("bands")]),
        (
            {"criteria": "{▸bands: {kind: bands}}"},
            [missing("title"), missing("value"), missing("bands"), missing("max")],
        ),
        ({"criteria": "{c: {" + BANDS + ", bands: [▸{to: 1}]}}"}, [missing("points")]),
        (
            {"criteria": "{c: {kind: checklist, title: T, max: 1, items: [▸{when: local, points: 1}]}}"},
            [missing("text")],
        ),
        ({"thresholds": "[▸{at_least: 1}]"}, ["manjka »of« (ali »any_of«)"]),
        ({"▸allocation": "{fill: rank}"}, [missing("request")]),
        ({"allocation": "{request: requested, limits: {▸l: {}}}"}, [missing("amount")]),
        ({"allocation": "{request: requested, ▸value_of_point: {}}"}, [missing("round")]),
        ({"▸budget": "{round: 2}"}, [missing("amount")]),
        # names that cannot be
        (
            {"fields": "{▸Ime: {label: A, type: date}}"},
            ["ime »Ime« ni dovoljeno: male črke a–z, števke in podčrtaj, na začetku črka"],
        ),
        ({"criteria": "{▸max: {" + MARKS + "}}"}, ["ime »max« je rezervirano; izberite drugo"]),
        (
            {"lots": "{▸' A': {amount: 1}}"},
            ["» A« ni dovoljeno: ime ima 1 do 200 znakov, brez presledkov na začetku in koncu"],
        ),
        # values from a closed list
        ({"fields": "{a: {label: A, type: ▸intiger}}"}, [f"type: {allowed('intiger', TYPES, 'integer')}"]),
        ({"fields": "{a: {label: A, type: ▸5}}"}, [f"type: {allowed(5, TYPES)}"]),
        ({"fields": "{a: {label: A, type: ▸~}}"}, [f"type: manjka vrednost; na voljo: {TYPES}"]),
        (
            {"fields": "{a: {label: A, type: table, columns: {b: {label: B, type: ▸attachment}}}}"},
            [f"type: {allowed('attachment', CELLS)}"],
        ),
        (
            {"derived": "{d: {label: D, value: 1, unit: ▸percnt}}"},
            [f"unit: {allowed('percnt', 'number, euro, percent', 'percent')}"],
        ),
        (
            {"conditions": "{c: {text: T, test: local, failing: ▸true}}"},
            [f"failing: {allowed(True, 'refused, dismissed')}"],
        ),
        ({"ranking": "{still_tied: ▸~}"}, ["still_tied: manjka vrednost; na voljo: open, shared"]),
        ({"allocation": "{request: requested, edge: ▸prat}"}, [f"edge: {allowed('prat', 'part, skip, stop', 'part')}"]),
        # wrong types
        ({"call": "▸besedilo"}, [f"call: {KEYS}; na voljo: {OF_CALL}"]),
        ({"call": "▸[a]"}, [f"call: {KEYS}; na voljo: {OF_CALL}"]),
        ({"call": "{title: T, reference: R, year: ▸'2026'}"}, [f"year: {WHOLE}"]),
        ({"call": "{title: T, reference: R, year: ▸2026.0}"}, [f"year: {WHOLE}"]),
        ({"call": "{title: T, reference: R, year: ▸true}"}, [f"year: {WHOLE}"]),
        ({"call": "{title: T, reference: R, year: ▸1989}"}, ["year: najmanj 1990"]),
        ({"call": "{title: T, reference: R, year: ▸2101}"}, ["year: največ 2100"]),
        ({"call": "{title: ▸[T], reference: ▸~, year: 2026}"}, [f"title: {WORDS}", f"reference: {WORDS}"]),
        ({"call": "{title: T, reference: R, year: 2026, example: ▸yes}"}, [f"example: {TRUE}"]),
        ({"fields": "▸[a]"}, [f"fields: {KEYS}"]),
        ({"fields": "▸{}"}, [f"fields: {SOME}"]),
        ({"fields": "{a: ▸5, b: ▸[x], ▸c: ~}"}, [f"a: {KEYS}", f"b: {KEYS}", EMPTY.format("c")]),
        ({"fields": "{a: {label: A, type: date, required: ▸'true'}}"}, [f"required: {TRUE}"]),
        ({"fields": "{a: {label: A, type: integer, min: ▸'0'}}"}, [f"min: {NUMBER}"]),
        ({"fields": "{a: {label: A, type: text, max_length: ▸0}}"}, ["max_length: najmanj 1"]),
        (
            {"fields": "{a: {label: A, type: table, max_rows: ▸5001, columns: {b: {label: B, type: date}}}}"},
            ["max_rows: največ 5000"],
        ),
        ({"fields": "{a: {label: A, type: table, columns: ▸{}}}"}, [f"columns: {SOME}"]),
        ({"▸conditions": ""}, [EMPTY.format("conditions")]),
        ({"criteria": "{c: {" + BANDS + ", ▸bands: }}"}, [EMPTY.format("bands")]),
        (
            {"allocation": "{request: requested, value_of_point: ▸2, minimum_grant: ▸100}"},
            [f"value_of_point: {KEYS}; na voljo: round", f"minimum_grant: {KEYS}; na voljo: amount, drop"],
        ),
        ({"conditions": "{c: {text: T, test: local, mendable: ▸da}}"}, [f"mendable: {TRUE}"]),
        ({"criteria": "▸- a\n- b"}, [f"criteria: {KEYS}"]),
        (
            {"criteria": "{c: {kind: bands, title: ▸true, value: members, max: ▸012, bands: [{points: ▸1e3}]}}"},
            [f"title: {WORDS}", f"max: {NUMBER}", f"points: {NUMBER}"],
        ),
        ({"criteria": "{c: {" + BANDS + ", bands: ▸5}}"}, [f"bands: {LIST}"]),
        ({"criteria": "{c: {" + BANDS + ", bands: ▸[]}}"}, [f"bands: {SOME}"]),
        ({"criteria": "{c: {" + BANDS + ", bands: [▸5, ▸~]}}"}, [f"bands: {KEYS}; na voljo: {OF_BAND}"] * 2),
        ({"criteria": "{c: {kind: choice, title: T, value: area, max: 1, points: {a: ▸x}}}"}, [f"a: {NUMBER}"]),
        ({"criteria": "{c: {kind: choice, title: T, value: area, max: 1, points: ▸{}}}"}, [f"points: {SOME}"]),
        ({"commission": "{minimum_marks: ▸0, members: [Ana, ▸1]}"}, ["minimum_marks: najmanj 1", f"members: {TEXT}"]),
        ({"commission": "{members: ▸Ana}"}, [f"members: {LIST}"]),
        ({"thresholds": "▸{of: total}"}, [f"thresholds: {LIST}"]),
        ({"thresholds": "[{of: ▸5, at_least: 1}]"}, [f"of: {TEXT}"]),
        ({"ranking": "{keys: ▸points}"}, [f"keys: {LIST}"]),
        ({"ranking": "{keys: ▸[]}"}, [f"keys: {SOME}"]),
        ({"ranking": "{keys: [▸pointz]}"}, [f"keys: {RANK_KEY.format('pointz')} – ste mislili »points«?"]),
        ({"ranking": "{keys: [▸zzz]}"}, [f"keys: {RANK_KEY.format('zzz')}"]),
        ({"ranking": "{keys: [▸3]}"}, [f"keys: {KEYS}; na voljo: {OF_KEY}"]),
        # a decimal comma
        ({"total": "{max: 1,▸5}"}, [COMMA.format(5, "1.5")]),
        ({"total": "{max: 10, ▸5}"}, [COMMA.format(5, "10.5")]),
        (
            {"criteria": "{a: {kind: choice, title: T, value: area, max: 1, points: {a: 0,▸25, b: 1}}}"},
            [COMMA.format(25, "0.25")],
        ),
        # a comma inside an expression or a text between braces
        ({"total": "{max: 10, factor: min(1, ▸members / 10)}"}, [NO_KEY.format("members / 10)")]),
        ({"conditions": "{c: {text: Izjava, ▸podpisana, test: local}}"}, [NO_KEY.format("podpisana")]),
        ({"criteria": "{a: {" + MARKS + "}, ▸▸A b}"}, [NO_KEY.format("A b"), EMPTY.format("A b")]),
        ({"total": "{max: 10, ▸rond}"}, [unknown("rond", "round")]),
        ({"total": "{max: 10, ▸" + "x" * 50 + "}"}, [NO_KEY.format("x" * 39 + "…")]),
        # a part without a value
        ({"▸budget": "", "▸allocation": ""}, [EMPTY.format("budget"), EMPTY.format("allocation")]),
        ({"total": "{▸foo: 1}", "▸budget": ""}, [unknown("foo", listed=OF_TOTAL), EMPTY.format("budget")]),
        ({"total": "{▸5: , max: 1}"}, [unknown(5, listed=OF_TOTAL)]),
        ({"total": "\nmax: 1\n▸5:"}, [unknown(5, listed=OF_TOTAL)]),
        ({"ranking": "{keys: [{points: ▸yes}]}"}, [f"points: {TRUE}"]),
        ({"lots": "▸[A]"}, [f"lots: {KEYS}"]),
        ({"budget": "▸true"}, ["budget: tu je potreben znesek v evrih"]),
        ({"budget": "▸1.500"}, ["budget: znesek 1.500 je dvoumen: pišite 1500 ali 1.50"]),
        ({"budget": "{amount: 9, lines: {a: {percent: ▸-5}}}"}, ["percent: odstotek mora biti od 0 do 100"]),
        ({"budget": "{amount: ▸-5}"}, ["amount: znesek ne sme biti negativen"]),
        ({"allocation": "{request: requested, resharing: ▸1}"}, [f"resharing: {TRUE}"]),
        ({"allocation": "{request: requested, limits: ▸[a]}"}, [f"limits: {KEYS}"]),
    ],
)
def test_what_does_not_belong_is_told_at_its_place(parts, messages):
    content, expected = marked(rulebook_text(**parts), *messages)
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        ({"▸criterai": "{}"}, ["unknown key 'criterai' – did you mean 'criteria'?"]),
        ({"▸call": "{title: T, year: 2026}"}, ["'reference' is missing"]),
        ({"fields": "▸[a]"}, ["fields: keys with values are needed here"]),
        ({"fields": "▸{}"}, ["fields: at least one value is needed here"]),
        ({"fields": "{a: ▸5}"}, ["a: keys with values are needed here"]),
        ({"fields": "{a: {label: A, type: ▸dat}}"}, [f"type: 'dat' is not allowed: {TYPES} – did you mean 'date'?"]),
        (
            {"ranking": "{keys: ▸a, still_tied: ▸~}"},
            ["keys: a list is needed here (lines with '- ')", "still_tied: a value is missing; allowed: open, shared"],
        ),
        (
            {"commission": "{minimum_marks: ▸x, members: [▸1]}"},
            [
                "minimum_marks: a whole number is needed here, for example 12 (no quotes)",
                "members: a text is needed here",
            ],
        ),
        ({"commission": "{minimum_marks: ▸0}"}, ["minimum_marks: at least 1"]),
        ({"commission": "{minimum_marks: ▸51}"}, ["minimum_marks: at most 50"]),
        ({"fields": "{a: {label: A, type: date, public: ▸yes}}"}, ["public: true or false is needed here (no quotes)"]),
        (
            {"fields": "{▸A: {label: A, type: date}}"},
            ["the name 'A' is not allowed: small letters a–z, digits and underscore, a letter first"],
        ),
    ],
)
def test_the_same_is_told_in_english(parts, messages):
    content, expected = marked(rulebook_text(**parts), *messages)
    assert lines(content, "en") == expected


def test_everything_wrong_with_the_shape_is_told_at_once():
    text = """
▸call: {▸titel: T, year: ▸yes}
fields:
  ▸Members: {label: A, type: date}
  a: {label: ▸[A], type: choice, options: ▸[1]}
  b: {label: B, type: ▸decimla}
conditions: ▸[a]
critera: {}
"""
    content, expected = marked(
        text.replace("▸call", "▸▸call").replace("critera", "▸critera").strip(),
        missing("title"),
        missing("reference"),
        unknown("titel", "title"),
        f"year: {WHOLE}",
        "ime »Members« ni dovoljeno: male črke a–z, števke in podčrtaj, na začetku črka",
        f"label: {WORDS}",
        f"options: {OPTIONS}",
        f"type: {allowed('decimla', TYPES, 'decimal')}",
        f"conditions: {KEYS}",
        unknown("critera", "criteria"),
    )
    assert lines(content) == expected
