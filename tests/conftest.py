"""What all tests share.

Profiles of hypothesis: few examples in the ordinary suite; ``make deep`` tries thousands (docs/promises.md).
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

import casualty_extract

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("quick", max_examples=25, derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("deep", max_examples=5000, deadline=None, suppress_health_check=SLOW)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def no_model() -> str | None:
    """Why the pipeline over a parse cannot run here; None where it can."""
    try:
        casualty_extract.load_pipeline("spacy")
    except (ImportError, OSError) as error:
        return str(error)
    return None
