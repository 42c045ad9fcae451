"""Measurements in files: what is written is read, a planted difference is seen, anything foreign is refused."""

import json
import os
from collections.abc import Callable
from dataclasses import fields, replace
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational

from numerics import sweep, verify
from numerics.planning import Unjudged
from numerics.stored import Measured, differences, fingerprint, outdated, path_of, read, versions, writable, write
from numerics.verdict import TracePoint, Verdict
from theory import theorem, theorems
from theory.assumptions import ISOTROPIC, ORTHOGONAL
from theory.observables import OPERATOR_NORM
from theory.relations import AtMost, Limit
from theory.symbols import L, n

SLUG = "norm_edge"
FOUND = theorem(SLUG)
RESULTS = Path(__file__).parents[2] / "docs" / "results"

texts = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
sizes = st.floats(0, allow_infinity=False)
positive = st.floats(1, allow_infinity=False)
values = st.from_regex(r"-?[0-9]{1,20}(/[1-9][0-9]{0,19})?", fullmatch=True)
points = st.dictionaries(st.sampled_from(["n", "sigma_w", "σ"]), values, max_size=3)
rows = st.lists(st.builds(TracePoint, positive, numbers, numbers, sizes), max_size=3, unique_by=lambda row: row.x)
traces = rows.map(lambda found: tuple(sorted(found, key=lambda row: row.x)))
verdicts = st.builds(
    Verdict,
    theorem=st.just(SLUG),
    statement=st.integers(0, 9),
    system=texts,
    ensemble=st.none() | texts,
    point=points,
    outcome=st.sampled_from(["consistent", "refuted", "underpowered"]),
    predicted=st.none() | numbers,
    measured=st.none() | numbers,
    error=st.none() | sizes,
    detectable=st.none() | sizes,
    resolution=st.floats(1e-15, 1e14),
    draws=st.integers(0, 10**12),
    seed=st.just(7),
    control=st.booleans(),
    lacks=st.none() | texts,
    note=texts,
    trace=traces,
)
unjudged = st.builds(Unjudged, st.just(SLUG), st.integers(0, 9), texts, texts, points, texts)


def several(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(of, max_size=4, unique_by=lambda each: (each.statement, each.system, str(each.ensemble))).map(tuple)


@pytest.fixture(scope="module")
def measured() -> Measured:
    found = verify(SLUG, ensemble="gaussian", resolution=0.2)
    left_out = Unjudged(SLUG, 0, "matrix", "rare", {"n": "8"}, "no finite fourth moment")
    return Measured(SLUG, fingerprint(FOUND), 0, versions(), found, (replace(found[0], note="along"),), (left_out,))


@given(verdicts=several(verdicts), sweep=several(verdicts), left_out=several(unjudged))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, verdicts: tuple, sweep: tuple, left_out: tuple
) -> None:
    folder = tmp_path_factory.getbasetemp() / "round"
    made = Measured(SLUG, fingerprint(FOUND), 7, {"numpy": "2.0"}, verdicts, sweep, left_out)
    assert read(write(folder, made)) == made
    assert os.listdir(folder) == [f"{SLUG}.json"]


def test_the_same_measurements_are_the_same_bytes(measured: Measured, tmp_path: Path) -> None:
    shuffled = replace(measured, versions=dict(reversed(measured.versions.items())))
    first, second = (write(tmp_path / name, each).read_bytes() for name, each in (("a", measured), ("b", shuffled)))
    assert first == second and len(first.splitlines()) == 14 + len(measured.verdicts) and first.endswith(b"}\n")


def test_what_is_beyond_json_is_none_with_a_note(measured: Measured, tmp_path: Path) -> None:
    lost = replace(measured.verdicts[0], measured=nan, detectable=inf)
    (found,) = read(write(tmp_path, replace(measured, verdicts=(lost,)))).verdicts
    assert found.measured is found.detectable is None and "detectable is inf" in found.note


def test_a_write_that_fails_leaves_the_former_file(
    measured: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write(tmp_path, measured).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ValueError, match="cannot be written: No space left"):
        write(tmp_path, replace(measured, seed=1))
    assert path_of(tmp_path, SLUG).read_bytes() == before and len(os.listdir(tmp_path)) == 1


def test_a_folder_that_cannot_be_written(measured: Measured, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for attempt in (lambda folder: write(folder, measured), writable):
        with pytest.raises(ValueError, match=r"file: cannot be written: .*; pass a folder"):
            attempt(tmp_path / "file")
    writable(tmp_path / "new" / "folder")
    assert os.listdir(tmp_path / "new" / "folder") == []


def damaged(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def made(content: str) -> str:
        data = json.loads(content)
        change(data)
        return json.dumps(data)

    return made


FAULTS = {
    "empty": (lambda content: "", "Expecting value"),
    "half": (lambda content: content[: len(content) // 2], "verify norm_edge --control --sweep --store"),
    "no object": (lambda content: "[]", "not an object of theorem, fingerprint"),
    "deep": (lambda content: "[" * 100_000, "nested too deep"),
    "NaN": (lambda content: content.replace('"seed": 0', '"seed": NaN'), "NaN is no number"),
    "infinite": (lambda content: content.replace('"resolution": 0.2', '"resolution": 1e999'), "no finite number"),
    "long integer": (lambda content: content.replace('"seed": 0', f'"seed": {"1" * 5000}'), "integer"),
    "twice": (lambda content: content.replace('"seed": 0', '"seed": 0, "seed": 0'), "a key twice"),
    "huge": (lambda content: content + " " * 2**22, "larger than"),
    "binary": (lambda content: "\x00", "Expecting value"),
    "another theorem": (damaged(lambda data: data.update(theorem="log_gain")), "holds theorem 'log_gain'"),
    "a theorem of no name": (damaged(lambda data: data.update(theorem=["x"] * 99)), "holds theorem"),
    "key missing": (damaged(lambda data: data.pop("seed")), "not an object of"),
    "key too many": (damaged(lambda data: data.update(extra=1)), "not an object of"),
    "fingerprint": (damaged(lambda data: data.update(fingerprint="abc")), "no SHA-256"),
    "seed": (damaged(lambda data: data.update(seed=-1)), "seed is no whole number"),
    "true": (damaged(lambda data: data.update(seed=True)), "seed is no whole number"),
    "versions": (damaged(lambda data: data.update(versions={"numpy": 2})), "versions 'numpy' is no text"),
    "no list": (damaged(lambda data: data.update(sweep={})), "sweep is no list"),
    "no verdict": (damaged(lambda data: data["verdicts"].append(3)), r"verdicts\[4\] is no object"),
    "unknown": (damaged(lambda data: data["verdicts"][1].update(run="x")), r"verdicts\[1\] has the unknown key 'run'"),
    "missing": (damaged(lambda data: data["sweep"][0].pop("draws")), r"sweep\[0\] lacks 'draws'"),
    "outcome": (damaged(lambda data: data["verdicts"][0].update(outcome="proved")), "outcome is none of"),
    "outcome list": (damaged(lambda data: data["verdicts"][0].update(outcome=[])), "outcome is none of"),
    "text": (damaged(lambda data: data["verdicts"][0].update(measured="2")), "measured is no finite number"),
    "boolean": (damaged(lambda data: data["verdicts"][0].update(predicted=True)), "predicted is no finite number"),
    "overflow": (damaged(lambda data: data["verdicts"][0].update(error=10**400)), "error is no finite number"),
    "flag": (damaged(lambda data: data["verdicts"][0].update(control=1)), "control is neither true nor false"),
    "point": (damaged(lambda data: data["verdicts"][0].update(point=[])), "point is no object"),
    "two lines": (damaged(lambda data: data["verdicts"][0].update(note="a\nb")), "note is no text of one line"),
    "surrogate": (damaged(lambda data: data["verdicts"][0].update(note="\ud800")), "note is no text of one line"),
    "trace": (damaged(lambda data: data["verdicts"][0].update(trace=[[1.0, 2.0]])), "trace has a row"),
    "trace backward": (damaged(lambda data: data["verdicts"][0]["trace"].reverse()), "not above the one before"),
    "trace error": (damaged(lambda data: data["verdicts"][0].update(trace=[[8, 2, 2, -1]])), "trace has an error"),
    "size 0": (
        damaged(lambda data: data["verdicts"][0].update(trace=[[0, 2, 2, 1]])),
        "trace has a size below 1",
    ),
    "no name": (damaged(lambda data: data["verdicts"][0].update(point={"n x": "8"})), "point has 'n x', no name"),
    "long value": (damaged(lambda data: data["sweep"][0].update(point={"n": "9" * 5000})), "point, n is '9+, no whole"),
    "divides by 0": (damaged(lambda data: data["not_judged"][0].update(point={"n": "1/00"})), "n is '1/00', no whole"),
    "power": (damaged(lambda data: data["verdicts"][0].update(point={"n": "9**9**9"})), "no whole number or fraction"),
    "other digits": (damaged(lambda data: data["verdicts"][0].update(point={"n": "٣"})), "no whole number or fraction"),
    "resolution": (damaged(lambda data: data["verdicts"][0].update(resolution=0)), "resolution is not above 0"),
    "resolution tiny": (
        damaged(lambda data: data["verdicts"][0].update(resolution=5e-324)),
        "resolution is not above 0",
    ),
    "resolution vast": (damaged(lambda data: data["verdicts"][0].update(resolution=1e308)), "pass 1e-15 to 1e.15"),
    "draws": (damaged(lambda data: data["verdicts"][0].update(draws=10**12 + 1)), "draws is larger than"),
    "error": (damaged(lambda data: data["verdicts"][0].update(error=-1e-9)), "error is below 0"),
    "detectable": (damaged(lambda data: data["verdicts"][0].update(detectable=-1)), "detectable is below 0"),
    "cell twice": (damaged(lambda data: data["verdicts"].append(data["verdicts"][0])), "verdicts holds a cell twice"),
    "reason": (damaged(lambda data: data["not_judged"][0].update(reason=None)), r"not_judged\[0\], reason is no text"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_foreign_file_is_refused_with_its_place(measured: Measured, tmp_path: Path, name: str) -> None:
    damage, told = FAULTS[name]
    path = write(tmp_path, measured)
    path.write_text(damage(path.read_text()))
    with pytest.raises(ValueError, match=told) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}: ") and str(refused.value).endswith(" makes it")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / f"{SLUG}.json").mkdir()
    with pytest.raises(ValueError, match=r"norm_edge\.json: is no file"):
        read(path_of(tmp_path, SLUG))
    path_of(tmp_path, "log_gain").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="can't decode byte"):
        read(path_of(tmp_path, "log_gain"))


def planted(place: int, **parts: object) -> Callable[[Measured], Measured]:
    def made(old: Measured) -> Measured:
        every = list(old.verdicts)
        every[place] = replace(every[place], **parts)
        return replace(old, verdicts=tuple(every))

    return made


MOVED = TracePoint(8.0, 1.0, 1.0, 0.1)
PLANTS = {
    "outcome": (planted(0, outcome="refuted"), "outcome: stored consistent, now refuted"),
    "draws": (planted(0, draws=64), "draws: stored"),
    "resolution": (planted(0, resolution=0.1), "resolution: stored 0.2, now 0.1"),
    "predicted": (planted(2, predicted=2.4000001), "predicted: stored 2.4, now 2.4000001"),
    "no prediction": (planted(2, predicted=None), "predicted: stored 2.4, now None"),
    "measured": (
        lambda old: planted(0, measured=old.verdicts[0].measured + old.verdicts[0].error / 50)(old),
        "measured",
    ),
    "error": (lambda old: planted(0, error=1.1 * old.verdicts[0].error)(old), "error: stored"),
    "detectable": (lambda old: planted(1, detectable=1.0001 * old.verdicts[1].detectable)(old), "detectable: stored"),
    "no detectable": (planted(1, detectable=inf), "now inf"),
    "trace": (lambda old: planted(0, trace=(MOVED, *old.verdicts[0].trace[1:]))(old), "trace: other points"),
    "shorter trace": (lambda old: planted(0, trace=old.verdicts[0].trace[1:])(old), "trace: other points"),
    "missing": (lambda old: replace(old, verdicts=old.verdicts[1:]), "stored, but not measured now"),
    "another cell": (planted(0, ensemble="uniform"), "uniform, sigma_w=4/5 n=6: not stored"),
    "control": (planted(0, control=True, lacks="IID"), "without IID: not stored"),
    "sweep": (lambda old: replace(old, sweep=()), "sweep, statement 1, matrix, gaussian, sigma_w=4/5 n=6: stored, but"),
    "not judged": (lambda old: replace(old, not_judged=()), "not judged, statement 1, matrix, rare, n=8: stored, but"),
    "seed": (lambda old: replace(old, seed=1), "seed: stored 0, now 1"),
    "statement": (lambda old: replace(old, fingerprint="0" * 64), "other statements, points or ensembles"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_difference_is_seen(measured: Measured, name: str) -> None:
    plant, told = PLANTS[name]
    lines = differences(measured, plant(measured))
    assert 1 <= len(lines) <= 2 and any(told in line for line in lines)
    assert all(line.startswith(f"{SLUG}: ") for line in lines)
    assert differences(measured, measured) == ()


def test_errors_that_are_rounding_themselves_may_differ(measured: Measured) -> None:
    """Where all draws agree, as of a control on orthogonal weights, another library rounds the error to another one."""
    numbers = {"measured": 0.8, "error": 1e-16, "detectable": 1e-16, "trace": (TracePoint(8.0, 0.8, 0.8, 1e-16),)}
    moved = {"error": 3e-16, "detectable": 3e-16, "trace": (TracePoint(8.0, 0.8 + 2e-16, 0.8, 3e-16),)}
    old = planted(0, **numbers)(measured)
    assert differences(old, planted(0, **numbers | moved)(measured)) == ()
    assert differences(old, planted(0, **numbers | {"error": 1e-8})(measured))


def test_rounding_is_no_difference(measured: Measured) -> None:
    old = measured.verdicts[0]
    near, seen = 1 + 1e-12, old.measured + old.error / 5000
    moved = planted(0, measured=seen, error=old.error * near, detectable=old.detectable * near, note="other")
    assert differences(measured, moved(measured)) == ()


def test_what_is_beyond_json_does_not_differ_from_its_file(measured: Measured, tmp_path: Path) -> None:
    lost = replace(measured.verdicts[0], predicted=None, measured=nan, error=inf, detectable=inf)
    made = replace(measured, verdicts=(lost,))
    written = read(write(tmp_path, made))
    assert differences(made, written) == differences(written, made) == differences(made, made) == ()
    (line,) = differences(written, replace(made, verdicts=(replace(lost, measured=1.0),)))
    assert line.endswith("measured: stored None, now 1.0")


def test_a_ratio_below_its_bound_may_differ_by_what_rounding_is_allowed() -> None:
    """The relation of norm_bounds is AtMost: its ratios are of order 1, or rounding noise where the error says so."""
    old = read(path_of(RESULTS, "norm_bounds"))
    first = old.verdicts[0]
    assert isinstance(theorem("norm_bounds").statements[first.statement].relation, AtMost)
    for change in ({"measured": first.measured + first.error / 2}, {"error": 2 * first.error, "detectable": 1e-9}):
        assert differences(old, planted(0, **change)(old)) == ()
    (line,) = differences(old, planted(0, measured=first.measured * (1 + 1e-6))(old))
    assert "measured: stored" in line
    noise = planted(0, measured=1e-17, error=1e-15)(old)
    assert differences(noise, planted(0, measured=9e-16, error=1e-15)(old)) == ()


def test_a_remainders_detectable_is_read_off_a_draw() -> None:
    old = read(path_of(RESULTS, "spectral_rate"))
    relations = [theorem("spectral_rate").statements[each.statement].relation for each in old.verdicts]
    place = next(i for i, each in enumerate(relations) if isinstance(each, Limit) and each.remainder)
    assert differences(old, planted(place, detectable=2 * old.verdicts[place].detectable)(old)) == ()


def test_where_each_draw_counts_the_noise_does_not() -> None:
    slug, found = "orthogonal_isometry", sweep("orthogonal_isometry")[:2]
    old = Measured(slug, fingerprint(theorem(slug)), 0, {}, found, (), ())
    noisy = replace(found[0], measured=7e-16, error=1e-12)
    assert differences(old, replace(old, verdicts=(noisy, found[1]))) == ()
    (line,) = differences(old, replace(old, verdicts=(replace(noisy, outcome="refuted"), found[1])))
    assert line.endswith("outcome: stored consistent, now refuted")


def statement(**parts: object) -> dict[str, object]:
    return {"statements": (replace(FOUND.statements[0], **parts),)}


CHANGES = {
    "right": statement(right=3 * FOUND.statements[0].right),
    "left": statement(left=replace(OPERATOR_NORM, definition=OPERATOR_NORM.definition**2)),
    "relation": statement(relation=AtMost()),
    "rate": statement(relation=replace(FOUND.statements[0].relation, rate=1 / n)),
    "spread": statement(relation=replace(FOUND.statements[0].relation, spread=1 / n)),
    "one statement more": {"statements": FOUND.statements * 2},
    "point": {"parameters": (replace(FOUND.parameters[0], points=(Rational(1, 2), 2)), FOUND.parameters[1])},
    "domain": {"parameters": (replace(FOUND.parameters[0], high=9), FOUND.parameters[1])},
    "assumption": {"assumes": frozenset({ISOTROPIC})},
    "control": {"controls": FOUND.controls[:1]},
    "sweep": {"sweep": theorem("log_gain").sweep},
}
PROSE = {
    "title": {"title": "Another title"},
    "proof": {"proof": FOUND.proof[:1]},
    "references": {"references": ()},
    "limits": {"limits": "None."},
    "why a control is left out": {"controls": tuple(replace(each, reason="because") for each in FOUND.controls)},
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_measured_changes_the_fingerprint(measured: Measured, name: str) -> None:
    assert outdated(measured, replace(FOUND, **CHANGES[name]))


@pytest.mark.parametrize("name", PROSE)
def test_prose_does_not_change_it(measured: Measured, name: str) -> None:
    assert not outdated(measured, replace(FOUND, **PROSE[name]))


def test_a_declaration_of_an_ensemble_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from numerics.ensembles import gaussian, haar

    found = theorem("orthogonal_isometry")
    before = fingerprint(found)
    monkeypatch.setattr(gaussian, "ENSEMBLE", replace(gaussian.ENSEMBLE, kurtosis=L))  # its control
    assert fingerprint(found) != before
    monkeypatch.undo()
    monkeypatch.setattr(haar, "ENSEMBLE", replace(haar.ENSEMBLE, satisfies=frozenset({ORTHOGONAL})))
    assert fingerprint(found) != before


def test_a_statement_that_the_theorem_has_not_is_outdated(measured: Measured) -> None:
    assert outdated(planted(0, statement=len(FOUND.statements))(measured), FOUND)


def test_every_field_is_stored() -> None:
    from numerics.records import READERS, SHARED

    named = {field.name for kind in (Verdict, Unjudged) for field in fields(kind)}
    assert named == set(READERS) | set(SHARED)


@pytest.mark.parametrize("slug", theorems())
def test_our_own_measurements_are_those_of_the_theorem(slug: str) -> None:
    stored = read(path_of(RESULTS, slug))
    assert not outdated(stored, theorem(slug)) and stored.seed == 0
    assert bool(stored.sweep) == bool(theorem(slug).sweep)
    assert {verdict.lacks for verdict in stored.verdicts if verdict.control} == {
        repr(control.assumption) for control in theorem(slug).controls if control.needed
    }


@pytest.mark.parametrize("slug", ["orthogonal_isometry", "balanced_gradients"])
def test_measured_again_they_agree(slug: str) -> None:
    stored = read(path_of(RESULTS, slug))
    again = replace(stored, verdicts=(*verify(slug), *(v for v in stored.verdicts if v.control)), sweep=sweep(slug))
    assert differences(stored, again) == ()
