"""A field for a day, as browsers send it or as people write it."""

from __future__ import annotations

import datetime
import re
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField

_WRITTEN = re.compile(r"\s*([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})\s*")


class DayField(DateField):  # type: ignore[misc] # ships no types
    """``2026-06-05`` from the browser's calendar, or ``5. 6. 2026`` written where there is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent. Raises ``ValueError`` with words for the person."""
        self.data: Any = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        written = _WRITTEN.fullmatch(text)
        try:
            if written is not None:
                self.data = datetime.date(int(written[3]), int(written[2]), int(written[1]))
            else:
                self.data = datetime.date.fromisoformat(text)
        except ValueError:
            raise ValueError(_("Dan zapišite kot 5. 6. 2026.")) from None
