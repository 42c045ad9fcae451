"""Figures of verdicts: each number drawn is one of the verdict's, and nothing that is given breaks a figure."""

import subprocess
import sys
import warnings
from itertools import combinations
from math import inf
from pathlib import Path

import numpy as np
import pytest
from sympy import Symbol, oo

pytest.importorskip("matplotlib", reason="matplotlib draws the figures")

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from numerics import stored
from numerics.plot import figure, sentence
from numerics.plots.rows import nearest
from numerics.plots.style import MINIATURE, NARROW, SCREEN, WIDE, Size
from numerics.verdict import TracePoint, Verdict
from theory import theorem
from theory.activations import LINEAR
from theory.catalog import theorems
from theory.observables import OPERATOR_NORM, ROOT_NORM, SCHUR_REMAINDER, SPECTRAL_RADIUS, SQUARED_GAIN
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Relation, Tail
from theory.statement import Parameter, Statement, Theorem
from theory.symbols import T
from theory.systems import DEPTH

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "results"
SIZES = (WIDE, NARROW, MINIATURE)
A, B = Symbol("a", positive=True), Symbol("b", positive=True)


def subject(relation: Relation, left: object = OPERATOR_NORM, right: object = SQUARED_GAIN) -> Theorem:
    parameters = (Parameter(A, 0, oo, points=(1, 2)), Parameter(B, 0, oo, points=(3, 4)))
    statements = (Statement(left, relation, right),)
    return Theorem("of_mine", "Mine", (DEPTH(LINEAR),), statements, parameters, frozenset(), (), ())


def verdict(
    a: object,
    predicted: float | None,
    measured: float | None,
    error: float | None,
    outcome: str = "consistent",
    resolution: float = 0.05,
    ensemble: str | None = "gaussian",
    b: str = "3",
    trace: tuple[TracePoint, ...] = (),
) -> Verdict:
    point = {"a": str(a), "b": b}
    numbers = (predicted, measured, error, 0.04, resolution, 64, 0)
    return Verdict("of_mine", 0, "depth(linear)", ensemble, point, outcome, *numbers, trace=trace)


def artists(drawn: Figure) -> dict[str, object]:
    return {artist.get_gid(): artist for artist in drawn.findobj(lambda each: each.get_gid())}


def bars(collection: object) -> list[tuple[float, float, float]]:
    """x, low, high of each vertical bar."""
    return [(path[0][0], path[0][1], path[1][1]) for path in collection.get_segments()]


def band(collection: object) -> dict[float, tuple[float, float]]:
    """Low and high of the ground at each x."""
    corners = collection.get_paths()[0].vertices
    return {x: (min(c[1] for c in corners if c[0] == x), max(c[1] for c in corners if c[0] == x)) for x, _ in corners}


VALUES = (1, 2, 3, 4)
NUMBERS = {a: (2.0**a, 2.0**a * (1 + 0.01 * a), 0.03 * 2.0**a) for a in VALUES}  # predicted, measured, error


def test_mean_relative():
    drawn = artists(figure([verdict(a, *NUMBERS[a]) for a in VALUES], subject(Mean(spread=A))))
    predicted, measured, error = (np.array([NUMBERS[a][i] for a in VALUES]) for i in range(3))
    for name, wanted in (("predicted-0", predicted), ("measured-0-0", measured), ("ratio-0-0", measured / predicted)):
        assert np.array_equal(drawn[name].get_xdata(), VALUES)
        assert np.allclose(drawn[name].get_ydata(), wanted, rtol=1e-15, atol=0)
    assert band(drawn["band-0-0"]) == {a: (m - e, m + e) for a, m, e in zip(VALUES, measured, error, strict=True)}
    ends = [(a, m - e, m + e) for a, m, e in zip(VALUES, measured / predicted, error / predicted, strict=True)]
    assert np.allclose(bars(drawn["ratio-0-0-bars"]), ends, rtol=1e-15)
    assert set(band(drawn["resolution"]).values()) == {(0.95, 1.05)}
    assert set(drawn["one"].get_ydata()) == {1.0}


@pytest.mark.parametrize("scale, per", [(1, lambda a: 1.0), (2 * A, lambda a: 2.0 * a)])
def test_mean_on_a_scale_of_its_own(scale, per):
    rows = [verdict(a, *NUMBERS[a], resolution=0.1) for a in VALUES]
    drawn = artists(figure(rows, subject(Mean(spread=A, scale=scale))))
    wanted = [(NUMBERS[a][1] - NUMBERS[a][0]) / per(a) for a in VALUES]
    assert np.allclose(drawn["ratio-0-0"].get_ydata(), wanted, rtol=1e-15)
    reach = [(high - low) / 2 for _, low, high in bars(drawn["ratio-0-0-bars"])]
    assert np.allclose(reach, [NUMBERS[a][2] / per(a) for a in VALUES], rtol=1e-9)
    assert set(band(drawn["resolution"]).values()) == {(-0.1, 0.1)}


def test_at_most():
    measured = [1.0, 0.5, 0.01, 0.0001]
    drawn = artists(
        figure([verdict(a, None, m, 1e-14) for a, m in zip(VALUES, measured, strict=True)], subject(AtMost()))
    )
    assert list(drawn["measured-0"].get_ydata()) == measured
    assert set(drawn["bound"].get_ydata()) == {1.0}


@pytest.mark.parametrize(
    "relation, off",
    [
        (Identity(), lambda m: m),
        (InLaw(B), lambda m: m),
        (Limit(T, rate=1 / T, remainder=SCHUR_REMAINDER), lambda m: abs(m - 1)),
    ],
)
def test_what_is_allowed(relation, off):
    measured, error = [1e-3, 2e-3, 5e-3, 1e-2], [2e-2, 2e-2, 3e-2, 4e-2]
    rows = [verdict(a, 1.0, m, e, resolution=0.1) for a, m, e in zip(VALUES, measured, error, strict=True)]
    drawn = artists(figure(rows, subject(relation, ROOT_NORM, SPECTRAL_RADIUS)))
    assert list(drawn["measured-0"].get_ydata()) == [off(m) for m in measured]
    assert list(drawn["measured-0-caps"].get_ydata()) == error
    assert set(drawn["asked"].get_ydata()) == {0.1}


def test_tail():
    seen = {1: 0.4, 2: 0.1, 3: 0.0}
    rows = [verdict(a, 0.5**a, m, 0.02) for a, m in seen.items()]
    drawn = artists(figure(rows, subject(Tail(level=B))))
    assert list(drawn["predicted-0"].get_ydata()) == [0.5**a for a in seen]
    assert list(drawn["measured-0-0"].get_ydata()) == [0.4, 0.1]
    assert list(drawn["measured-0-0-unseen"].get_ydata()) == [0.02]  # what is not excluded, another mark
    assert np.allclose(bars(drawn["measured-0-0-bars"])[:2], [(1, 0.38, 0.42), (2, 0.08, 0.12)])


@pytest.mark.parametrize("statement", range(len(theorem("gain_law").statements)))
def test_a_law_is_its_trace(statement):
    measured = stored.read(RESULTS / "gain_law.json")
    rows = [v for v in measured.verdicts if v.statement == statement and not v.control]
    assert len(rows) == len(theorem("gain_law").points())
    drawn = artists(figure(rows))
    for number, each in enumerate(rows):
        x, predicted, seen, error = (
            np.array([getattr(p, name) for p in each.trace]) for name in ("x", "predicted", "measured", "error")
        )
        assert np.array_equal(drawn[f"measured-{number}"].get_xdata(), x)
        assert np.array_equal(drawn[f"measured-{number}"].get_ydata(), seen)
        assert np.array_equal(drawn[f"predicted-{number}"].get_ydata(), predicted)
        assert np.allclose(drawn[f"ratio-{number}"].get_ydata(), seen - predicted, atol=1e-15)
        low, high = np.array([band(drawn[f"error-{number}"])[value] for value in x]).T
        assert np.allclose(high - low, 2 * error, rtol=1e-9)
        assert np.abs(seen - predicted).max() <= each.measured + 1e-12  # the judge looked everywhere


def test_a_limit_is_its_trace_and_ends_where_the_judge_says():
    measured = stored.read(RESULTS / "symmetric_weights.json")
    rows = [v for v in measured.verdicts if v.statement == 2 and not v.control]
    drawn = artists(figure(rows))
    for number, each in enumerate(rows):
        points, limit = drawn[f"measured-{number}"], each.predicted
        assert np.allclose(np.array(points.get_ydata()) * limit, [p.measured for p in each.trace], rtol=1e-14)
        assert np.allclose(np.array(points.get_xdata()), [-(p.x ** (-2 / 3)) for p in each.trace], rtol=1e-12)
        reach = [(high - low) / 2 * limit for _, low, high in bars(drawn[f"measured-{number}-bars"])]
        assert np.allclose(reach, [p.error for p in each.trace], rtol=1e-9)
        assert drawn[f"limit-{number}"].get_ydata()[0] * limit == pytest.approx(each.measured, rel=1e-14)
        assert drawn[f"beyond-{number}"].get_ydata()[-1] * limit == pytest.approx(each.measured, rel=1e-9)
        fitted = np.interp(
            [-(p.x ** (-2 / 3)) for p in each.trace][::3],
            drawn[f"fit-{number}"].get_xdata(),
            drawn[f"fit-{number}"].get_ydata(),
        )
        assert np.allclose(fitted * limit, [p.predicted for p in each.trace][::3], rtol=1e-9)


def test_rows():
    rows = [verdict(1, 2.0, 2.1, 0.06, ensemble=name) for name in ("gaussian", "haar", "rare")]
    drawn = artists(figure(rows, subject(Mean(spread=A))))
    assert np.allclose(drawn["measured"].get_xdata(), [1.05] * 3)
    assert list(drawn["measured"].get_ydata()) == [2, 1, 0]
    ends = [(path[0][0], path[1][0]) for path in drawn["measured-bars"].get_segments()]
    assert np.allclose(ends, [(1.02, 1.08)] * 3)


def test_the_rows_nearest_to_a_refutation_are_kept():
    rows = [verdict(1, 1.0, 1 + i / 10_000, 0.03, ensemble=f"e{i}") for i in range(60)]
    rows[3] = verdict(1, 1.0, 1.5, 0.03, "refuted", ensemble="e3")
    drawn = artists(figure(rows, subject(Mean(spread=A))))
    shown = [*drawn["measured"].get_xdata(), *drawn["measured-refuted"].get_xdata()]
    assert sorted(shown) == pytest.approx([1 + i / 10_000 for i in range(21, 60)] + [1.5])


@pytest.mark.parametrize("relation, said", [(Tail(level=B), lambda i: 0.02 * i), (AtMost(), lambda i: None)])
def test_below_a_bound_the_rows_that_are_farthest_below_are_left_out(relation, said):
    seen = [0.01 * i if said(i) is not None else i / 60 for i in range(60)]  # the farther below, the larger |off|
    rows = [verdict(1, said(i), seen[i], 0.03, ensemble=f"e{i}") for i in range(60)]
    kept = [seen.index(v.measured) for v in nearest(rows, relation)]
    assert kept == (list(range(40)) if isinstance(relation, Tail) else list(range(20, 60)))


def test_a_row_without_numbers_is_left_out_first():
    rows = [verdict(1, 0.5, None if i == 0 else 0.1, 0.03, ensemble=f"e{i}") for i in range(41)]
    assert rows[0] not in nearest(rows, Tail(level=B))


def test_each_outcome_has_a_mark_of_its_own():
    outcomes = dict(zip(VALUES, ("consistent", "refuted", "underpowered", "consistent"), strict=True))
    for relation in (Mean(spread=A), AtMost(), Identity(), Tail(level=B)):
        rows = [verdict(a, 1.0, 0.9, 0.03, outcome) for a, outcome in outcomes.items()]
        drawn = artists(figure(rows, subject(relation)))
        marks = {
            name.rpartition("-")[2]: drawn[name]
            for name in drawn
            if name.startswith("measured") and not name.endswith(("bars", "caps"))
        }
        refuted, underpowered = marks["refuted"], marks["underpowered"]
        consistent = next(mark for name, mark in marks.items() if name.isdigit())
        assert [list(mark.get_xdata()) for mark in (consistent, refuted, underpowered)] == [[1, 4], [2], [3]]
        assert len({mark.get_marker() for mark in (consistent, refuted, underpowered)}) == 3


def test_series_that_share_a_prediction_share_a_color_and_differ_in_their_mark():
    rows = [verdict(a, *NUMBERS[a], ensemble=name, b=b) for name in ("gaussian", "haar") for b in "34" for a in VALUES]
    rows = [
        v if v.point["b"] == "3" else verdict(v.point["a"], 1.0, 1.0, 0.03, ensemble=v.ensemble, b="4") for v in rows
    ]
    drawn = artists(figure(rows, subject(Mean(spread=A))))
    assert {name for name in drawn if name.startswith("predicted")} == {"predicted-0", "predicted-1"}
    first, second = drawn["measured-0-0"], drawn["measured-0-1"]
    assert first.get_color() == second.get_color() == SCREEN.series[0] != drawn["measured-1-0"].get_color()
    assert first.get_marker() != second.get_marker()


EXTREMES = {
    "decades": [verdict(a, 10.0 ** (60 * a - 300), 10.0 ** (60 * a - 300), 10.0 ** (60 * a - 302)) for a in range(11)],
    "largest": [verdict(a, 1.7e308 / 10 ** (60 * a), 1.7e308 / 10 ** (60 * a), 1e300) for a in range(6)],
    "subnormal": [verdict(a, 5e-324 * 2**a, 5e-324 * 2**a, 5e-324) for a in VALUES],
    "huge parameters": [verdict(10 ** (100 * a), 1.0, 1.01, 0.03) for a in VALUES],
    "parameters beyond float64": [verdict(10 ** (310 + a), 1.0, 1.01, 0.03) for a in VALUES],
    "a parameter of many digits": [verdict("1" * 5000, 1.0, 1.01, 0.03)],
    "nothing predicted": [verdict(a, None, 2.0**a, None) for a in VALUES],
    "nothing measured": [verdict(a, 1.0, None, None) for a in VALUES],
    "infinite": [verdict(a, inf, inf, inf) for a in VALUES],
    "zero": [verdict(a, 0.0, 0.0, 0.0) for a in VALUES],
    "negative": [verdict(a, -(10.0 ** (99 * a)), -(10.0 ** (99 * a)), 1e290) for a in (1, 2, 3)],
    "one": [verdict(1, 1.0, 1.02, 0.03)],
    "one of nothing": [verdict(1, None, None, None, ensemble=None)],
    "far off": [verdict(a, 1.0, 10.0 ** (30 * a), 0.03, "refuted") for a in VALUES],
    "names": [verdict(1, 1.0, 1.0, 0.03, ensemble=name) for name in ("x" * 500, r"$\frac{", "<b>&\x00\n", "网络" * 30)],
}
RELATIONS = (
    Mean(spread=A),
    Mean(spread=A, scale=1),
    AtMost(),
    Identity(),
    Tail(level=B),
    InLaw(B),
    Limit(A, rate=1 / A, spread=A),
    Limit(T, rate=1 / T, remainder=SCHUR_REMAINDER),
)


@pytest.mark.parametrize("case", EXTREMES)
def test_nothing_that_is_given_breaks_a_figure(case):
    for relation in RELATIONS:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "Glyph .* missing")
            warnings.filterwarnings("ignore", category=DeprecationWarning)  # of Matplotlib's own parts, where it is old
            for size in SIZES if isinstance(relation, Mean) else (WIDE,):
                FigureCanvasAgg(figure(EXTREMES[case], subject(relation), size=size)).draw()
        assert sentence(EXTREMES[case], subject(relation)).strip()


def test_what_a_user_writes_is_never_mathematics():
    hostile = Symbol(r"$\undefined{x}$ <b>_^", positive=True)
    whose = Theorem(
        "of_mine",
        "Mine",
        (DEPTH(LINEAR),),
        (Statement(hostile, Mean(spread=A), A),),
        (Parameter(hostile, 0, oo, points=(1, 2)),),
        frozenset(),
        (),
        (),
    )
    rows = [
        Verdict(
            "of_mine",
            0,
            "depth(linear)",
            r"\alpha $x",
            {hostile.name: str(a)},
            "consistent",
            1.0,
            1.0,
            0.1,
            0.1,
            0.1,
            9,
            0,
        )
        for a in VALUES
    ]
    drawn = figure(rows, whose)
    FigureCanvasAgg(drawn).draw()
    said = " ".join(text.get_text() for text in drawn.findobj(Text))
    assert r"\$\undefined" in said and r"$\undefined" not in said.replace(r"\$", "")


@pytest.mark.parametrize("slug", theorems())
@pytest.mark.parametrize("size", (WIDE, NARROW), ids=lambda size: size.name)
def test_words_stand_apart_within_the_figure(slug, size: Size):
    measured = stored.read(RESULTS / f"{slug}.json")
    for number in range(len(theorem(slug).statements)):
        swept = [v for v in measured.sweep if v.statement == number]
        rows = swept or [v for v in measured.verdicts if v.statement == number and not v.control]
        drawn = figure(rows, size=size)
        canvas = FigureCanvasAgg(drawn)
        canvas.draw()
        texts = [t for t in drawn.findobj(Text) if t.get_text().strip() and t.get_visible()]
        boxes = {t: t.get_window_extent(canvas.get_renderer()).padded(-0.5) for t in texts}
        edge = drawn.bbox.padded(2)
        assert [
            t.get_text()
            for t, box in boxes.items()
            if not (edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1)
        ] == []
        assert [(s.get_text(), t.get_text()) for s, t in combinations(texts, 2) if boxes[s].overlaps(boxes[t])] == []


def test_the_users_own_style_stays_out_and_is_left_alone():
    rows, own = (
        [verdict(a, *NUMBERS[a]) for a in VALUES],
        {"lines.linewidth": 9.0, "font.size": 30.0, "axes.grid": True},
    )
    plain = figure(rows, subject(Mean(spread=A)))
    with matplotlib.rc_context(own):
        styled = figure(rows, subject(Mean(spread=A)))
        assert all(matplotlib.rcParams[name] == value for name, value in own.items())
    assert styled.get_size_inches().tolist() == plain.get_size_inches().tolist()
    assert artists(styled)["predicted-0"].get_linewidth() == artists(plain)["predicted-0"].get_linewidth() < 3


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)


ONE = """
from numerics.verdict import Verdict
v = Verdict("log_gain", 0, "depth(linear)", "gaussian", {"L": "3"}, "consistent", 1.0, 1.0, 0.1, 0.1, 0.1, 64, 0)
"""


def test_without_matplotlib_the_error_says_what_to_install():
    hidden = "import sys; sys.modules['matplotlib'] = None"
    done = run(f"{hidden}\n{ONE}\nfrom numerics.plot import sentence; print(sentence([v])); v.plot()")
    assert "It is consistent" in done.stdout
    remedy = 'run `pip install "gradproof[plot]"`'
    assert done.stderr.splitlines()[-1] == f"ImportError: figures need Matplotlib, which is not installed; {remedy}"


def test_a_figure_needs_no_pyplot_and_shows_itself_in_a_notebook():
    done = run(f"{ONE}\nimport sys; print(v.plot()._repr_png_()[:4]); print('matplotlib.pyplot' in sys.modules)")
    assert done.stdout.split() == [repr(b"\x89PNG"), "False"], done.stderr


@pytest.mark.parametrize(
    "rows, message",
    [
        ([], "verdicts of none: a figure is of one statement"),
        ([verdict(1, 1.0, 1.0, 0.1)], "theorem 'of_mine': not in the catalog; pass it"),
        (
            [
                Verdict("log_gain", n, "depth(linear)", None, {}, "consistent", 1.0, 1.0, 0.1, 0.1, 0.1, 9, 0)
                for n in (0, 1)
            ],
            "verdicts of log_gain statement 1, log_gain statement 2: a figure is of one statement",
        ),
        (
            [Verdict("log_gain", 7, "depth(linear)", None, {}, "consistent", 1.0, 1.0, 0.1, 0.1, 0.1, 9, 0)],
            "verdicts of statement 8: log_gain has 4",
        ),
    ],
)
def test_what_cannot_be_drawn(rows, message):
    for say in (figure, sentence):
        with pytest.raises(ValueError, match=message):
            say(rows)


def test_a_sentence_tells_the_verdicts_numbers():
    rows = [verdict(a, 1.0, 1 + 0.003 * a, 0.03, "refuted" if a == 4 else "consistent") for a in VALUES]
    said = sentence(rows, subject(Mean(spread=A)))
    assert "against the scale of the weights a, 1 to 4" in said  # as the legend calls it in this system
    assert "They differ by 1.2 % at most; the gray band is ± 5 %." in said
    assert "3 of 4 consistent, 1 refuted (crosses)." in said


def test_a_sentence_of_a_bound_and_of_an_identity():
    bound = sentence([verdict(a, None, 0.5**a, 1e-14) for a in VALUES], subject(AtMost()))
    assert "They reach from 0.062 to 0.5 of the bound, none above the bound" in bound
    same = sentence([verdict(a, None, a * 1e-16, 1e-14, resolution=1e-9) for a in VALUES], subject(Identity()))
    assert "The largest is 4×10⁻¹⁶, each within what rounding allows" in same
