"""Where templates, static files and example rulebooks lie: in the wheel, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ASSETS = _PACKAGE / "_assets" if (_PACKAGE / "_assets").exists() else _PACKAGE.parent
