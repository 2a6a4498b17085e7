"""What lies in ../shared, beside the checkout: the labelled corpus and the program that scores readings,
facts, the RFC 7208 suite.  Without it a test skips, and fails in CI (conftest.py)."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
EMAILS = CORPUS / "emails"
RFC7208 = SHARED / "rfc7208" / "rfc7208-tests.yml"

needs_corpus = pytest.mark.needs_shared(CORPUS)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
