"""What all forms share: protection, signs that print, our words for what is wrong, errors that services report."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from razpis.services import legible
from razpis.services.errors import Invalid
from razpis.web.language import language

_NOT_PRINTED = (PasswordField, HiddenField)


class Form(FlaskForm):  # type: ignore[misc] # ships no types
    """A form that can be sent only from our own page, and that says what is wrong in the visitor's language.

    ``unprinted`` are fields whose text never stands in a document as it is: its service looks at what is printed of it.
    """

    unprinted: ClassVar[frozenset[str]] = frozenset()

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # ships no types
        locales = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well; a text with signs that documents cannot print is not, whatever the form is for."""
        sound = bool(super().validate(extra_validators))
        typed = [one for one in self if isinstance(one, StringField) and not isinstance(one, _NOT_PRINTED)]
        texts = {one.short_name: one.data or "" for one in typed if one.short_name not in self.unprinted}
        wrong = legible.faults(texts)
        if wrong:
            self.refused(Invalid(wrong))
        return sound and not wrong

    def refused(self, error: Invalid) -> None:
        """Put what a service found wrong beside its fields; what has no field goes above the form."""
        for name, text in error.fields.items():
            field = self._fields.get(name)
            told = text[language()]
            if field is None:
                self.form_errors.append(told)
            else:
                field.errors = [*field.errors, told]

    @property
    def wrong(self) -> list[tuple[str | None, str]]:
        """Every error with the id of its field, in the order of the page."""
        found: list[tuple[str | None, str]] = [(None, str(one)) for one in self.form_errors]
        for field in self:
            found += [(field.id, str(one)) for one in field.errors]
        return found


class Button(Form):
    """A form with nothing but its button."""


class ApproveForm(Form):
    """What a person approves as they read it: ``seen`` is its hash."""

    seen = HiddenField()


def required(words: Any = None) -> InputRequired:
    """The field must be filled in; ``words`` say what to write."""
    return InputRequired(words or _("Izpolnite to polje."))
