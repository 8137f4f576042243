"""Acts and records of every kind: what they say, in the order of the law, archival and accessible, in bad weather."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

from razpis.documents.act import Act, Row, Section, places, said
from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts, load_sentences, plan, sentences
from razpis.documents.acts_of_application import Course, Dismissal, Ground
from razpis.documents.acts_of_call import Start
from razpis.documents.decision import Signer
from razpis.documents.extras import Extras
from razpis.documents.fonts import MissingGlyphError
from razpis.documents.legal_text import LegalTextError
from tests.documents.acts_made import BODIES, CONTESTED, FOLDER, LONG_NAME, LONG_REASON, RECORDS, act
from tests.documents.reading import page_text, structure_words
from tests.documents.verapdf.runner import validate


def pdf(made: Act, extras: Extras | None = None) -> bytes:
    texts = load_act_texts(FOLDER, type(made.body))
    return render_act(made, texts, extras or Extras(notice=texts.own.label("izvod")))


def hex_of(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def words(made: Act) -> str:
    return structure_words(pdf(made))


def texts_of(value: object) -> list[str]:
    """Every text inside a body, as a reader should find it."""
    if isinstance(value, str):
        return [" ".join(value.split())]
    if isinstance(value, tuple):
        return [text for part in value for text in texts_of(part)]
    if hasattr(value, "__dataclass_fields__"):
        named = [part.name for part in fields(value) if part.name not in ("kind", "level")]  # type: ignore[arg-type]
        return [text for name in named for text in texts_of(getattr(value, name))]
    return []


@pytest.mark.parametrize("name", BODIES)
def test_every_fact_is_read_whole(name: str) -> None:
    made = act(name)
    told = words(made)
    spoken = [text.removeprefix("– ") for text in texts_of(made.body) if text]
    if name == "appointment":
        assert "namestnica ali namestnik" in told.casefold()
    assert [text for text in spoken if text not in told] == []
    assert "Stran 1 od" in page_text(pdf(made))


@pytest.mark.parametrize("name", [name for name in BODIES if name not in (*RECORDS, "call", "supplement_request")])
def test_the_parts_of_an_order_come_as_the_law_lists_them(name: str) -> None:
    made = act(name)
    told = words(made)
    parts = (made.heading.authority.name, "Številka: 4102-7/2027-3", "na podlagi", "SKLEP", "Obrazložitev")
    parts += ("Pouk o pravnem sredstvu", "Postopek vodila:", "Izdal:", "v spis zadeve 4102-7/2027")
    places = [told.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", CONTESTED)
def test_what_can_be_contested_tells_the_remedy_of_the_call(name: str) -> None:
    told = words(act(name))
    assert "Zoper ta sklep je dovoljena pritožba županu Občine Izmišljeni Log v 21 dneh od vročitve." in told


def test_an_act_without_its_remedy_is_refused() -> None:
    with pytest.raises(ValueError, match="without its legal remedy"):
        pdf(replace(act("correction"), remedy=None))


@pytest.mark.parametrize("name", BODIES)
def test_the_same_act_gives_the_same_bytes(name: str) -> None:
    assert pdf(act(name)) == pdf(act(name))


def test_a_denied_conflict_says_that_the_member_goes_on() -> None:
    told = words(act("exclusion", excluded=False, substitute="", reason="Osebi se ne poznata."))
    assert "razlogi za izločitev niso podani" in told
    assert "Osebi se ne poznata." in told
    assert "se izloči iz obravnave" not in told


def test_what_there_is_not_is_not_said() -> None:
    bare = act("report", exclusions=(), left_out=(), draws=(), reserve=(), reopened=(), dissents=(), returned="")
    told = words(bare)
    assert "Nihče ni izjavil nasprotja interesov." in told
    assert "Ločenih mnenj ni." in told
    for heading in ("Rezervni seznam", "Izenačenja in žreb", "Vrnitev predloga", "Vloge, ki niso bile ocenjene"):
        assert heading not in told
    quiet = words(act("minutes", absent=(), stepped_out=(), missing=(), unopened=(), remarks=()))
    assert "Pripomb na zapisnik ni bilo." in quiet
    assert "Odsotni" not in quiet


def test_the_notice_stands_before_all_else_and_only_where_it_is_asked_for() -> None:
    made = act("start")
    assert words(made).startswith("Nepodpisan izvod – ni izdano")
    assert "ni izdano" not in structure_words(pdf(made, Extras()))


LATE = Dismissal(4, "oddana po spletu 16. 2. 2027", "15. 2. 2027 ob 12.00", "prepozna.", "ZUP, 68. člen")
ASKED = replace(
    LATE, asked=("finančni načrt",), requested="22. 2. 2027", period="8 dneh", served="24. 2. 2027", ended="4. 3. 2027"
)


@pytest.mark.parametrize(
    ("ground", "body", "told"),
    [
        (Ground.LATE, LATE, "Rok za oddajo vlog se je iztekel 15. 2. 2027 ob 12.00"),
        (Ground.INELIGIBLE, replace(LATE, reason="Ni društvo."), "Komisija je ugotovila: Ni društvo."),
        (Ground.NOT_SUPPLEMENTED, ASKED, "Prijavitelj v tem roku dopolnitve ni vložil."),
        (Ground.NOT_SUPPLEMENTED, replace(ASKED, filed="3. 3. 2027"), "dopolnitev vložil 3. 3. 2027"),
        (Ground.NOT_SUPPLEMENTED, ASKED, "zato je komisija prijavitelja 22. 2. 2027 pozvala"),
        (Ground.NOT_SIGNED, ASKED, "podpisane vloge pa v roku ni bilo"),
        (Ground.NOT_SIGNED, ASKED, "Poziv je zahteval: finančni načrt."),
        (Ground.INELIGIBLE, LATE, "Vloga št. 4 je bila oddana po spletu 16. 2. 2027."),
    ],
)
def test_each_ground_of_dismissal_has_its_sentences(ground: Ground, body: Dismissal, told: str) -> None:
    found = sentences(load_sentences(FOLDER, Dismissal), ground, body)
    assert told in " ".join(found).replace("\u00a0", " ")
    assert len(found) > 1


def test_the_way_of_an_application_tells_what_there_was() -> None:
    texts = load_sentences(FOLDER, Course, "course")

    def way(body: Course) -> tuple[str, ...]:
        return tuple(one.replace("\u00a0", " ") for one in sentences(texts, "potek", body))

    assert way(Course(3, "oddana po spletu 2. 3. 2027 ob 9.00")) == (
        "Vloga št. 3 je bila oddana po spletu 2. 3. 2027 ob 9.00.",
    )
    asked = Course(3, "vložena osebno", "5. 3. 2027", "8. 3. 2027", "10. 3. 2027", 2)
    assert way(asked) == (
        "Vloga št. 3 je bila vložena osebno.",
        "Komisija je prijavitelja 5. 3. 2027 pozvala, naj vlogo dopolni; poziv je bil vročen 8. 3. 2027. "
        "Prijavitelj jo je dopolnil 10. 3. 2027.",
        "Zaradi nasprotja interesov sta bili iz obravnave te vloge izločeni 2 osebi iz komisije; pri ocenjevanju in "
        "odločanju o njej nista sodelovali.",
    )


def test_the_wording_is_complete_and_named_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    for body in BODIES.values():
        kind = type(body)
        folder = FOLDER / kind.kind.value
        assert {file.stem for file in folder.glob("*.txt")} == plan(kind).files | {"oznake"}
        assert [name for name in plan(kind).placeholders if f"`{{{name}}}`" not in readme] == []
        assert said(body).keys() <= plan(kind).placeholders
    assert {file.stem for file in (FOLDER / "dismissal").glob("*.txt")} == set(Ground) | {"oznake"}
    assert {file.stem for file in (FOLDER / "course").glob("*.txt")} == {*Course.parts, "oznake"}
    assert [place.name for place in places(Course).values() if f"`{{{place.name}}}`" not in readme] == []


@pytest.fixture
def own_words(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "start", tmp_path / "start")
    return tmp_path


def test_a_place_mistyped_is_named_with_file_and_line(own_words: Path) -> None:
    (own_words / "start" / "obrazlozitev.txt").write_text("# Obrazložitev\n{predmt}\n", "utf-8")
    with pytest.raises(LegalTextError, match=r"obrazlozitev\.txt:2: neznano mesto \{predmt\}"):
        load_act_texts(own_words, Start)


def changed(tmp_path: Path, kind: str, file: str, text: str) -> Path:
    """A copy of the wording with one file written anew."""
    for folder in (kind, "decision"):
        shutil.copytree(FOLDER / folder, tmp_path / folder)
    (tmp_path / kind / f"{file}.txt").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Brez razpredelnice.\n", "nima mesta za razpredelnico"),
        ("Glej {tabela_pomanjkljivosti} spodaj.\n", "stoji v odstavku sama"),
    ],
)
def test_a_table_lost_or_named_inside_a_sentence_is_refused(tmp_path: Path, text: str, told: str) -> None:
    made = act("supplement_request")
    texts = load_act_texts(changed(tmp_path, "supplement_request", "vsebina", text), type(made.body))
    with pytest.raises(LegalTextError, match=told):
        render_act(made, texts)


def test_a_table_in_the_operative_part_is_refused(tmp_path: Path) -> None:
    made = act("amendment")
    folder = changed(tmp_path, "amendment", "izrek", "Razpis se spremeni.\n\n{tabela_sprememb}\n")
    with pytest.raises(LegalTextError, match="stoji v odstavku sama"):
        render_act(made, load_act_texts(folder, type(made.body)))


def test_emoji_and_other_signs_without_a_glyph_are_refused_with_their_field() -> None:
    with pytest.raises(MissingGlyphError, match=r"polje body\.reason: znaka »🐝«"):
        pdf(act("cancellation", reason="Sredstev ni več 🐝"))


ADDRESS = Extras(address="https://razpisi.zgled.example/preverjanje/0123456789ab", code="0123456789ab")


@pytest.mark.parametrize("name", ["call", "cancellation", "correction", "discontinuance", "minutes", "score_sheet"])
def test_the_code_never_stands_on_a_page_alone(name: str) -> None:
    made = act(name)
    for count in range(6):
        notice = replace(ADDRESS, notice="\n".join(["Vrstica nad vsem drugim."] * count))
        last = page_text(pdf(made, notice)).split("\f")[-2]
        before, _, _ = last.partition("Preverjanje dokumenta.")
        rest = [line for line in before.splitlines() if line.strip() and "Vrstica" not in line]
        assert len(rest) > 2


@pytest.mark.parametrize("count", [1, 3, 7, 12])
def test_signatures_of_a_commission_stand_on_one_page(count: int) -> None:
    made = act("score_sheet")
    signers = tuple(Signer("", f"Oseba številka {at}.", "podpisano v programu") for at in range(count))
    pages = page_text(pdf(replace(made, signers=signers))).split("\f")
    (signed,) = (page for page in pages if "Oseba številka 0." in page)
    assert [one.name for one in signers if one.name not in signed] == []
    assert "Ocene so potrdili:" in signed


@pytest.mark.parametrize("rows", range(0, 24, 2))
def test_to_whom_it_goes_stands_with_the_signatures(rows: int) -> None:
    minutes = act("minutes", remarks=("Pripomba.",) * rows)
    order = act(
        "cancellation", reason="Sredstva so bila prerazporejena s spremembo proračuna občine. " * rows * 3 + "Ni."
    )
    for made, closing in ((minutes, "Hraniti"), (order, "Objaviti in vročiti")):
        (last,) = (page for page in page_text(pdf(made)).split("\f") if closing in page)
        assert (made.issued_by or made.signers[-1]).name in last


def test_minutes_tell_what_is_complete_once_it_is_found() -> None:
    told = "je med prispelimi vlogami popolnih"
    assert (told in words(act("minutes")), told in words(act("minutes", complete=0, incomplete=0))) == (True, False)
    assert "Popolnost vlog še ni ugotovljena." in words(act("minutes", complete=0, incomplete=0))


def longest() -> dict[str, Act]:
    """Names of 200 signs, reasons of 20,000, tables over many pages."""
    name, reason = LONG_NAME, LONG_REASON
    rows = tuple(Row((f"{at}. {name}", "oddana prek portala", "Da", "Da", "Ne: manjka priloga")) for at in range(1, 90))
    return {
        "minutes": act("minutes", applications=rows, received=89, remarks=(reason,)),
        "supplement_request": act("supplement_request", applicant=name, items=(Row((name, reason)),)),
        "score_sheet": act("score_sheet", applicant=name, criteria=(Row((name, "5", "4", reason)),)),
        "cancellation": act("cancellation", reason=reason),
        "exclusion": act("exclusion", person=name, applicant="Č" * 200, explanation=reason),
        "correction": act("correction", applicant=name, document=name, wrong=name, right=reason[:4000], reason=reason),
        "discontinuance": act("discontinuance", applicant=name, seat="Č" * 200, withdrawn=name),
        "amendment": act("amendment", reason=reason, changes=(Row((name, reason, name)),), listed=name),
        "report": act("report", dissents=(Section(name, (reason,), 2),), returned=reason),
    }


@pytest.mark.parametrize(
    ("kind", "reasons", "names"),
    [("exclusion", 1, 3), ("correction", 1, 4), ("discontinuance", 0, 3), ("cancellation", 1, 0), ("amendment", 2, 3)],
)
def test_the_longest_names_and_reasons_are_printed_whole(kind: str, reasons: int, names: int) -> None:
    made = longest()[kind]
    told = words(made)
    assert told.count(LONG_REASON.strip()) == reasons
    assert told.count(LONG_NAME) == names
    for text in texts_of(made.body):
        assert text in told
    assert pdf(made) == pdf(made)


@pytest.mark.parametrize("sign", ["🐝", "ש", "ع", "\u202e", "\u2067"], ids=hex_of)
@pytest.mark.parametrize("kind", ["correction", "discontinuance", "cancellation", "amendment"])
def test_signs_that_cannot_be_printed_are_named_with_their_field_in_every_text(kind: str, sign: str) -> None:
    written = [part.name for part in fields(BODIES[kind]) if isinstance(getattr(BODIES[kind], part.name), str)]
    assert len(written) > 0
    for name in written:
        with pytest.raises(MissingGlyphError) as refused:
            pdf(act(kind, **{name: f"Društvo {sign} Žarek"}))
        assert [(one.field, one.character) for one in refused.value.missing] == [(f"body.{name}", sign)]


@pytest.mark.slow
def test_the_longest_of_each_kind_are_archival_and_accessible(tmp_path: Path) -> None:
    made, files = longest(), []
    for name, one in made.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf(one))
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(made)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
