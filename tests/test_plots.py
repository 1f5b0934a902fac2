"""The plots: what stands in them, what they say of what they leave out, and that they touch nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from reports import claim, source

pytest.importorskip("matplotlib")
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casualty_extract import Report, extract, reconcile
from casualty_extract.integrations.plots import plot_bounds, plot_matrix, plot_timeline

DAYS = {
    "2024-05-01": "At least nine civilians were killed, police said. The hospital said 11 people were killed.",
    "2024-05-02": "Police said 12 people were killed and 30 wounded. The army denied killing 15 people.",
    "2024-05-04": "Between 10 and 14 soldiers were killed, a spokesman for the hospital said. "
    "Up to 20 died, the mayor said.",
}
PLOTS = [plot_timeline, plot_bounds, plot_matrix]


def told() -> list[Report]:
    return [extract(text, meta={"id": day, "date": day}) for day, text in DAYS.items()]


def names(axes: Axes) -> list[str]:
    """The labels of the rows, from the top."""
    return [label.get_text() for label in axes.get_yticklabels()]


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts if text.get_text()]


def rendered(axes: Axes) -> bytes:
    picture = io.BytesIO()
    assert isinstance(axes.figure, Figure)
    axes.figure.savefig(picture, format="png", dpi=40)
    return picture.getvalue()


def many(count: int) -> list[Report]:
    texts = [f"{10 + n} people were killed, " for n in range(count)]
    return [
        Report(text, (replace(claim(text, text[:2]), attribution=(source(text, "people", name=f"Body {n}"),)),),
               meta={"id": str(n), "date": "2024-05-01"})
        for n, text in enumerate(texts)
    ]  # fmt: skip


# --- over time -------------------------------------------------------------------------------------------------------


def test_timeline_has_a_row_for_each_claimant_and_a_dot_for_each_claim() -> None:
    axes = plot_timeline(told())
    assert sorted(names(axes)) == ["hospital", "mayor", "police", "the text itself"]
    assert sorted(words(axes)) == ["10–14", "11", "12", "15", "30", "9+", "≤20"]
    assert len(axes.collections) == 7
    police = names(axes).index("police")
    heights = sorted(float(dots.get_offsets()[0][1]) for dots in axes.collections)
    assert sum(abs(height - police) < 0.5 for height in heights) == 3
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["killed", "wounded", "not asserted"]


def test_a_dots_area_goes_with_its_figure_and_a_denied_one_is_hollow() -> None:
    axes = plot_timeline(told())
    sizes = dict(zip(words(axes), (float(dots.get_sizes()[0]) for dots in axes.collections), strict=True))
    assert sizes["30"] > sizes["15"] > sizes["9+"]
    assert (sizes["30"] - 20) / (sizes["15"] - 20) == pytest.approx(2)
    hollow = [w for w, dots in zip(words(axes), axes.collections, strict=True) if not len(dots.get_facecolor())]
    assert hollow == ["15"]


def test_timeline_says_what_has_no_date() -> None:
    axes = plot_timeline([*told(), extract("Nine people died and two were hurt.")], harm="killed")
    assert axes.get_title(loc="right") == "without a date and not shown: 1 claim"
    assert "30" not in words(axes)
    nothing = plot_timeline(extract("Nine people died."))
    assert words(nothing) == ["no dated claims"]


def test_timeline_refuses_a_date_that_is_none() -> None:
    wrong = extract("Nine people died.", meta={"id": "a", "date": "yesterday"})
    with pytest.raises(ValueError, match="text 'a': date must be an ISO date"):
        plot_timeline(wrong)
    plot_matrix(wrong)
    times = ["2024-05-01T23:30:00-02:00", "2024-05-02"]
    axes = plot_timeline([extract("Nine people died.", meta={"date": time}) for time in times])
    first, second = (float(dots.get_offsets()[0][0]) for dots in axes.collections)
    assert first - second == pytest.approx(1.5 / 24)


# --- from low to high ------------------------------------------------------------------------------------------------


def test_bounds_have_a_row_for_each_source_and_arrows_at_open_ends() -> None:
    axes = plot_bounds(told())
    toll = reconcile(told()).toll("killed")
    assert toll is not None
    assert set(names(axes)) == {"hospital", "mayor", "police"}
    assert names(axes)[0] == "mayor"
    lines = [list(line.get_xdata()) for line in axes.lines]
    assert [10, 14] in lines
    arrows = [text for text in axes.texts if not text.get_text()]
    assert len(arrows) == sum((f.low is None) + (f.high is None) for f in toll.current) == 1
    assert axes.get_title(loc="right") == f"grey: the toll, {toll.low or 'up to'} to {toll.high}, best {toll.best}"
    assert axes.get_xlabel() == "killed"
    assert names(plot_bounds(toll)) == names(axes)


def test_bounds_of_one_category() -> None:
    axes = plot_bounds(told(), category="military")
    assert (names(axes), axes.get_xlabel()) == (["hospital"], "killed, military")
    assert words(plot_bounds(told(), harm="missing")) == ["no figures of missing"]


# --- the matrix ------------------------------------------------------------------------------------------------------


def test_matrix_counts_claims() -> None:
    axes = plot_matrix(told())
    cells = axes.images[0].get_array()
    assert cells is not None
    rows = dict(zip(names(axes), cells.tolist(), strict=True))
    assert rows["hospital"] == [0, 1, 0, 0, 0, 1]
    assert rows["police"] == [1, 0, 0, 0, 0, 2]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "civilian", "military", "security", "armed group", "mixed", "unspecified",
    ]  # fmt: skip
    assert words(axes) == [str(number) for row in cells.tolist() for number in row]
    only = plot_matrix(told(), harm="wounded").images[0].get_array()
    assert only is not None
    assert only.tolist() == [[0, 0, 0, 0, 0, 1]]


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plot", PLOTS)
def test_many_claimants_are_put_together_and_the_plot_says_so(plot: Any) -> None:
    axes = plot(many(30), most=5)
    assert len(names(axes)) == 6
    assert names(axes)[-1] == "25 others"
    rendered(axes)
    assert len(names(plot(many(5), most=5))) == 5
    with pytest.raises(ValueError, match="most must be 1 or more, not 0"):
        plot([], most=0)


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("nothing", [[], [Report("")], Report("Nothing.")])
def test_nothing_is_said_to_be_nothing(plot: Any, nothing: Any) -> None:
    axes = plot(nothing)
    assert len(words(axes)) == 1
    assert words(axes)[0].startswith("no ")
    assert list(axes.get_xticks()) == list(axes.get_yticks()) == []
    rendered(axes)


@pytest.mark.parametrize("plot", PLOTS)
def test_a_plot_goes_onto_the_axes_given(plot: Any) -> None:
    left, right = Figure().subplots(1, 2)
    assert plot(told(), ax=right) is right
    assert not left.has_data()
    assert right.has_data()
    assert rendered(right) == rendered(right)


@pytest.mark.parametrize("plot", PLOTS)
def test_names_are_names_and_no_mathematics(plot: Any) -> None:
    text = "9 people"
    odd = "$x^{2$ \\frac \n\x00\ud800 " + "y" * 90
    one = replace(claim(text, "9"), attribution=(source(text, "people", name=odd),))
    axes = plot(Report(text, (one,), meta={"date": "2024-05-01"}))
    assert len(names(axes)[0].replace("\\$", "$")) == 40
    assert rendered(axes).startswith(b"\x89PNG")


@pytest.mark.parametrize("plot", PLOTS)
def test_a_wrong_harm_is_refused(plot: Any) -> None:
    with pytest.raises(ValueError, match="harm must be one of killed"):
        plot([], harm="dead")


def test_nothing_outside_is_touched() -> None:
    code = """import sys, matplotlib
def settings():  # to ask for the backend would choose one
    return {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}
before = settings()
from casualty_extract import extract
from casualty_extract.integrations.plots import plot_bounds, plot_matrix, plot_timeline
report = extract("Nine people died, police said.", meta={"date": "2024-05-01"})
for plot in (plot_bounds, plot_matrix, plot_timeline):
    plot(report).figure.savefig("/dev/null", format="png")
print("matplotlib.pyplot" in sys.modules, settings() == before)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_without_matplotlib_the_error_names_the_extra() -> None:
    code = "import sys; sys.modules['matplotlib'] = None; import casualty_extract.integrations.plots"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert 'ImportError: the plots need matplotlib: pip install "casualty-extract[plot]"' in done.stderr
