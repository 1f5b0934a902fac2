"""Whatever the text: no exception, true offsets, a report that comes back equal."""

from __future__ import annotations

from hypothesis import given
from soundness import check
from texts import changed_seeds, hostile, mosaics, scans


@given(mosaics())
def test_a_mosaic_gives_a_sound_report(text: str) -> None:
    check(text)


@given(scans())
def test_a_bad_scan_gives_a_sound_report(text: str) -> None:
    check(text)


@given(changed_seeds())
def test_a_changed_article_gives_a_sound_report(text: str) -> None:
    check(text)


@given(hostile, hostile)
def test_two_texts_in_one_give_a_sound_report(first: str, second: str) -> None:
    check(f"{first}\n\n{second}")
