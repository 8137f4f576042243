from pathlib import Path

import pytest

from razpis.documents.decision_text import load_decision_texts
from razpis.documents.legal_text import LegalTexts

TEXT_FOLDER = Path(__file__).parents[2] / "templates" / "documents" / "decision"


@pytest.fixture(scope="session")
def text_folder() -> Path:
    return TEXT_FOLDER


@pytest.fixture(scope="session")
def texts() -> LegalTexts:
    return load_decision_texts(TEXT_FOLDER)
