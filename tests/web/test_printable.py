"""Whatever form it is typed into: a sign that documents cannot print is refused beside its field, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.fields import SelectFieldBase

import razpis.app
from razpis.web import forms
from razpis.web.forms import Form

TYPED = "Prva vrstica\r\nPomoč 🐝 vsem"
WEB = Path(forms.__file__).parent
READ_BY_HAND = {
    "commission/checking.py": "checks, supplements: tests/services/examination/test_checks.py",
    "commission/declarations.py": "declarations: tests/services/sitting/test_declarations.py",
    "commission/findings.py": "findings: tests/services/examination/test_findings.py",
    "commission/marking.py": "mark_rules: tests/services/marking/test_marking.py",
    "commission/serving.py": "supplement_fields",
    "commission/sittings.py": "numbers of applications, people and minutes",
    "commission/whatif.py": "numbers, of which no document is made",
    "form_pages.py": "answers: tests/services/applications/test_answers.py",
    "ngo/applications.py": "an organisation and a lot of those listed",
    "ngo/supplements.py": "supplement_fields",
    "ngo/topics.py": "answers",
    "resending.py": "what was sent, sent again",
    "sector/call_amendment.py": "drafting",
    "sector/call_carried.py": "names of fields",
    "sector/call_editor.py": "drafting, call_rules: tests/services/calls/test_calls.py",
    "sector/call_steps.py": "a number",
    "sector/call_terms.py": "parameters: tests/services/calls/test_parameters.py",
    "sector/releases.py": "keys of acts",
    "sector/transcripts.py": "answers",
    "signs.py": "the sign NUL in whatever was sent",
    "supplement_fields.py": "supplementing: replies.refuse_illegible",
}
"""Pages that read what was sent without a form of fields, and what holds their words back."""


def all_forms(of: type[Form] = Form) -> Iterator[type[Form]]:
    for one in of.__subclasses__():
        if one.__module__.startswith(razpis.__name__):
            yield one
            yield from all_forms(one)


FORMS = sorted({f"{one.__module__}.{one.__qualname__}": one for one in all_forms()}.items())


def filled(kind: type[Form], typed: str) -> Form:
    """The form with ``typed`` in each of its fields of words, its choices not filled in by a page."""
    bare = type(kind)(kind.__name__, (kind,), {"__init__": lambda form: Form.__init__(form, formdata=None)})
    made: Form = bare()
    for field in made:
        if isinstance(field, SelectFieldBase) and field.choices is None:
            field.choices = []
    made.process(MultiDict({field.name: typed for field in words(made)}))
    return made


def words(form: Form) -> list[Field]:
    typed = [one for one in form if isinstance(one, StringField) and not isinstance(one, PasswordField | HiddenField)]
    return [one for one in typed if one.name not in form.unprinted]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("forms")
    settings = {"SECRET_KEY": "test", "WTF_CSRF_ENABLED": False, "INSTANCE_PATH": str(instance)}
    return razpis.app.create_app(None, TESTING=True, **settings)


@pytest.mark.parametrize("kind", [one for _, one in FORMS], ids=[name for name, _ in FORMS])
def test_every_field_of_every_form_refuses_what_cannot_be_printed_and_keeps_it(app: Flask, kind: type[Form]) -> None:
    with app.test_request_context(method="POST"):
        form = filled(kind, TYPED)
        fields = words(form)
        assert not fields or not form.validate()
        for field in fields:
            told = " ".join(map(str, field.errors))
            assert "»🐝« (U+1F41D)" in told
            assert "7. znak v 2. vrstici" in told
            assert field.data == TYPED


@pytest.mark.parametrize("kind", [one for _, one in FORMS], ids=[name for name, _ in FORMS])
def test_no_form_has_anything_against_slovenian_words(app: Flask, kind: type[Form]) -> None:
    with app.test_request_context(method="POST"):
        form = filled(kind, "Đurđica – »čas«, 5 €\r\nšola’s …")
        form.validate()
        assert [one for _, one in form.wrong if "natisniti" in one] == []


def test_the_forms_are_all_there_and_passwords_hold_any_sign(app: Flask) -> None:
    assert len(FORMS) > 60
    assert sum(bool(words_of) for words_of in _words(app)) > 30
    with app.test_request_context(method="POST"):
        form = dict(FORMS)["razpis.web.auth.PasswordForm"](MultiDict({"password": "geslo 🐝 čmrlj"}))
        assert form.validate()


def _words(app: Flask) -> list[list[Field]]:
    with app.test_request_context(method="POST"):
        return [words(filled(kind, "")) for _, kind in FORMS]


def test_only_a_rulebook_is_left_to_its_service() -> None:
    left = {name: one.unprinted for name, one in FORMS if one.unprinted}
    assert left == {"razpis.web.sector.calls.NewForm": {"rulebook"}}  # tests/services/calls/test_calls.py


def test_what_was_typed_stays_on_the_page_beside_what_is_wrong(app: Flask) -> None:
    typed = {"name": "Ana Згледова", "email": "ana@zgled.si", "password": "x" * 20}
    page = app.test_client().post("/racun/nov", data=typed)
    assert page.status_code == 422
    assert 'value="Ana Згледова"' in page.text
    assert "»З« (U+0417)" in page.text
    assert "Prvi je 5. znak." in page.text


def test_pages_that_read_without_a_form_are_known() -> None:
    readers = {
        path.relative_to(WEB).as_posix() for path in WEB.rglob("*.py") if "request.form" in path.read_text("utf-8")
    }
    assert readers == set(READ_BY_HAND)
