"""The views in a real browser, at the width of a desk and of a telephone, light and dark, by mouse and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser

from casualty_extract import extract, reconcile

SEEDS = Path(__file__).parent.parent / "seeds"
LONG = "The weather was fine and the market was open as on any other day of the week. "
WIDTHS = (1280, 390)
THEMES = ("light", "dark")
YELLOW = {"light": "rgb(255, 233, 138)", "dark": "rgb(93, 74, 0)"}
PHONE = (
    '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<link rel="icon" href="data:,"><body>'
)
WHY = "no chromium on this machine: apt-get install chromium brings it, and .ci/run installs it where it may"
pytestmark = [pytest.mark.engines, pytest.mark.skipif(CHROMIUM is None, reason=WHY)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of view as a page, and two reports in one page as a notebook holds them."""
    folder = tmp_path_factory.mktemp("pages")
    gas = extract((SEEDS / "gas_field.txt").read_text(encoding="utf-8"), meta={"id": "gas_field"})
    texts = sorted((SEEDS / "market_blast").glob("*.txt"))
    market = [extract(path.read_text(encoding="utf-8"), meta={"id": path.name}) for path in texts]
    evil = "<script>alert(1)</script><img src=http://127.0.0.1:9/x.png> \u202e9 people died\u202c, " + "x" * 300
    long = "A headline.\n\n" + LONG * 40 + "Nine people died, police said. " + LONG * 40
    written = {
        "gas": gas.to_html(),
        "tolls": reconcile(market).to_html(),
        "evil": extract(evil).to_html(),
        "long": extract(long).to_html(),
        "notebook": "".join([PHONE, gas._repr_html_(), gas._repr_html_(), reconcile([gas])._repr_html_()]),
    }
    for name, html in written.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in written}


def lit(browser: Browser) -> list[str]:
    """What each element shows that is lit now, in order."""
    return list(
        browser.run(
            "[...document.querySelectorAll('[data-k]')].filter(e => "
            f"{json.dumps(list(YELLOW.values()))}.includes(getComputedStyle(e).backgroundColor)).map(e => e.innerText)"
        )
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["gas", "tolls", "evil", "long", "notebook"])
def test_nothing_overflows_and_nothing_is_asked_of_a_network(
    browser: Browser, pages: dict[str, Path], name: str, width: int, theme: str
) -> None:
    browser.open(pages[name], width, theme=theme)
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width == browser.run("innerWidth")
    over = (
        "[...document.querySelectorAll('.cx *')].filter(e => e.getClientRects().length && !e.closest('svg') && "
        "getComputedStyle(e).clipPath == 'none' && !e.closest('thead') && "
        "e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
    )
    assert browser.run(over) == []
    assert browser.requests() == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_is_light_or_dark_as_the_system_is(browser: Browser, pages: dict[str, Path], theme: str) -> None:
    browser.open(pages["gas"], theme=theme)
    paper = browser.run("getComputedStyle(document.querySelector('.cx')).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 23, 26)"}[theme]


@pytest.mark.parametrize(("mark", "theme"), [("true", "dark"), ("false", "light")])
def test_a_notebook_decides_whatever_the_system_says(
    browser: Browser, pages: dict[str, Path], mark: str, theme: str
) -> None:
    browser.open(pages["notebook"], theme=theme)
    browser.run(f"document.body.dataset.jpThemeLight = '{mark}'")
    paper = browser.run("getComputedStyle(document.querySelector('.cx')).backgroundColor")
    assert paper == {"true": "rgb(255, 255, 255)", "false": "rgb(21, 23, 26)"}[mark]


@pytest.mark.parametrize("theme", THEMES)
def test_pointing_at_a_part_lights_the_others(browser: Browser, pages: dict[str, Path], theme: str) -> None:
    browser.open(pages["gas"], theme=theme)
    assert lit(browser) == []
    for part in ("victims", "harm", "count", "source"):
        browser.point_at(f'.cx-text mark.cx-{part}[data-k="4"]')
        parts = {"The newspaper Al-Watan", "reported", "loss", "60", "[4]", "martyrs", "citing", "a military source"}
        assert parts <= set(lit(browser))
        assert "soldiers" not in lit(browser)
    row = "getComputedStyle(document.querySelector('#cx-report-row-4')).outlineStyle"
    assert browser.run(row) == "solid"
    browser.point_at("tr#cx-report-row-7 .cx-harm")
    assert {"the rest", "security guards or members of the National Defence Forces", "he"} <= set(lit(browser))
    browser.point_at(".cx-claimants li:nth-child(4) .cx-chip")
    assert {"The watchdog", "At least 40", "IS militants", "the Observatory"} <= set(lit(browser))


def test_the_keyboard_reaches_and_lights_every_part(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["gas"])
    reached, found = set(), []
    for _ in range(120):
        browser.press("Tab")
        at = browser.run("[document.activeElement.className, document.activeElement.getAttribute('data-k')]")
        if at[0].startswith("cx-mark"):
            reached.add((at[0].split()[1], at[1]))
            found = found or lit(browser)
    assert {"60", "soldiers", "killed", "report"} <= set(found)
    marks = "[...document.querySelectorAll('.cx-text mark[tabindex]')]"
    assert reached == {
        (kind, numbers) for kind, numbers in browser.run(f"{marks}.map(e => [e.classList[1], e.dataset.k])")
    }
    assert {numbers for kind, numbers in reached if kind == "cx-count"} == set("12345678")


def test_a_tap_lights_a_claim_on_a_telephone(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["gas"], 390)
    browser.tap('.cx-text mark.cx-victims[data-k="8"]')
    assert {"At least 40", "IS militants", "killed", "the Observatory"} <= set(lit(browser))


def test_one_report_in_a_notebook_does_not_light_the_other(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["notebook"])
    browser.point_at('mark.cx-count[data-k="8"]')
    assert lit(browser).count("At least 40") == 1
    ids = browser.run("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) >= 35


def test_a_text_of_a_script_shows_as_text(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["evil"])
    assert "<script>alert(1)</script><img src=" in browser.run("document.querySelector('.cx-text').innerText")
    assert browser.run("document.scripts.length + document.images.length") == 0
    assert not [event for event in browser.events if event.get("method") == "Page.javascriptDialogOpening"]


def test_a_fold_opens_by_a_click_and_a_number_leads_to_its_row(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["long"], 390)
    shown = "document.querySelector('.cx-text').innerText"
    assert "Nine" in browser.run(shown)
    assert "The weather was fine" not in browser.run(shown)
    browser.run("document.querySelector('summary').click()")
    assert "The weather was fine" in browser.run(shown)
    browser.run("document.querySelector('.cx-number').click()")
    assert browser.run("location.hash") == "#cx-report-row-1"
    place = "document.querySelector('tr:target').getBoundingClientRect()"
    assert browser.run(f"(r => r.top >= 0 && r.bottom <= innerHeight)({place})")


def test_pointing_at_a_dot_lights_its_claimants_figures(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["tolls"])
    browser.point_at("svg g[data-k] circle")
    number = browser.run("document.querySelector('svg g[data-k]').dataset.k")
    chips = browser.run(f"[...document.querySelectorAll('.cx-chip[data-k=\"{number}\"]')].map(e => e.innerText)")
    assert len(chips) >= 2
    assert lit(browser).count(chips[0]) >= 1
    assert set(chips) <= set(lit(browser))
