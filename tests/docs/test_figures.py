"""Pictures as inline SVG: well-formed, in variables alone, of their own ids, the same bytes again, kept and redrawn."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

pytest.importorskip("matplotlib", reason="matplotlib draws the figures")

from sympy import Symbol, oo

from gradproof_docs import figures
from gradproof_docs.figures import pictures
from numerics import stored
from numerics.plot import sentence
from numerics.verdict import Verdict
from theory import theorem
from theory.activations import LINEAR
from theory.catalog import theorems
from theory.observables import SQUARED_GAIN
from theory.relations import Mean
from theory.statement import Parameter, Statement, Theorem
from theory.systems import DEPTH

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "results"
SVG = "{http://www.w3.org/2000/svg}"
LARGEST = {"wide": 45_000, "narrow": 45_000, "mini": 6_000}
SEEN = {"svg", "g", "defs", "path", "use", "text", "tspan", "clipPath", "rect"}


@pytest.fixture(scope="module")
def all_drawn(drawn):
    """All pictures of the project, by name, of the cache that the builds of this run share."""
    return {name: svg for slug in theorems() for name, svg in pictures(theorem(slug), measured(slug), drawn).items()}


def measured(slug):
    return stored.read(RESULTS / f"{slug}.json")


def test_every_statement_has_its_pictures(all_drawn):
    wanted = {f"{slug}-mini" for slug in theorems()}
    for slug in theorems():
        for number in range(1, len(theorem(slug).statements) + 1):
            wanted |= {f"{slug}-{number}-wide", f"{slug}-{number}-narrow"}
    assert all_drawn.keys() == wanted


def test_well_formed_and_small(all_drawn):
    for name, svg in all_drawn.items():
        root = ElementTree.fromstring(svg)
        size = name.rpartition("-")[2]
        assert len(svg.encode()) < LARGEST[size], name
        assert root.get("class") == f"fig fig-{size}" and root.get("role") == "img" and root.get("aria-label")
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SEEN, name
        assert "width" not in root.attrib and "\n" not in svg


def test_colors_are_variables_and_fonts_are_the_pages(all_drawn):
    styled = (ROOT / "docs" / "_static" / "site.css").read_text(encoding="utf-8")
    for name, svg in all_drawn.items():
        drawing = re.sub(r"\s(?:id|href|clip-path|aria-label)=\"[^\"]*\"", "", svg)
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl|\b(?:black|white|gray)\b", drawing), name
        assert not re.search(r"font-family|font:|<style|on[a-z]+=|script|javascript", drawing), name
        for variable in set(re.findall(r"var\((--[a-z0-9-]+)\)", svg)):
            assert re.search(rf"^\s*{variable}:", styled, re.MULTILINE), variable


def test_ids_are_unique_on_a_page_of_all_and_lead_within_their_own(all_drawn):
    counted = Counter()
    for name, svg in all_drawn.items():
        own = re.findall(r'\sid="([^"]+)"', svg)
        pointed = {*re.findall(r'href="#([^"]+)"', svg), *re.findall(r"url\(#([^)]+)\)", svg)}
        assert pointed == set(own), name
        assert not re.search(r'href="[^#]', svg)
        counted.update(own)
    assert counted and max(counted.values()) == 1


def test_ids_of_two_theorems_with_the_same_picture_differ(tmp_path):
    known = measured("mean_square_gain")
    ids = []
    for name in ("mean_square_gain", "of_mine"):
        found = pictures(replace(theorem("mean_square_gain"), name=name), known, tmp_path)
        ids.append({each for svg in found.values() for each in re.findall(r'\sid="([^"]+)"', svg)})
    assert ids[0] and not ids[0] & ids[1]


def test_the_miniature_is_of_the_first_curve(all_drawn):
    """The first statement of spectral_rate is not swept: its picture has rows."""
    assert not [v for v in measured("spectral_rate").sweep if v.statement == 0]
    label = ElementTree.fromstring(all_drawn["spectral_rate-mini"]).get("aria-label")
    assert label == "spectral radius ÷ root norm"


def test_words_stay_words(all_drawn):
    root = ElementTree.fromstring(all_drawn["mean_square_gain-1-wide"])
    said = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert any(re.fullmatch(r"0\.\d+", word) for word in said)  # a number is letters, not outlines
    assert {"depth L", "σw = 6/5", "n = 13", "measured ÷ predicted", "1"} <= said
    identity = ElementTree.fromstring(all_drawn["chain_rule-1-narrow"])
    assert "10−9" in {"".join(text.itertext()) for text in identity.iter(f"{SVG}text")}
    assert not re.search("[\u2061-\u2064]", "".join(all_drawn.values()))


def test_a_lowered_letter_leaves_the_line_and_the_next_returns_to_it(all_drawn):
    for text in ElementTree.fromstring(all_drawn["mean_square_gain-1-wide"]).iter(f"{SVG}text"):
        line, size = 0.0, 1.0
        for span in text:
            size = float(span.get("font-size", "100%").rstrip("%")) / 100
            line += float(span.get("dy", "0em").removesuffix("em")) * size
            assert (abs(line) < 0.01) == (size == 1)


def test_the_label_is_the_sentence(all_drawn):
    rows = measured("mean_square_gain").sweep
    assert ElementTree.fromstring(all_drawn["mean_square_gain-1-wide"]).get("aria-label") == sentence(rows)


DIGEST = """
import hashlib, sys
from pathlib import Path
from gradproof_docs.figures import pictures
from numerics import stored
from theory import theorem
for slug in ("mean_square_gain", "orthogonal_isometry", "norm_edge"):
    found = pictures(theorem(slug), stored.read(Path("docs/results") / f"{slug}.json"), Path(sys.argv[1]))
    print(slug, hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest())
"""


def test_the_same_bytes_in_another_process(all_drawn, tmp_path):
    """Of another hash seed and another Matplotlib style, without what was kept."""
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\nfont.size: 31\nsvg.fonttype: path\n")
    own = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, str(tmp_path / "cache")],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        slug, digest = line.split()
        found = {name: svg for name, svg in all_drawn.items() if re.fullmatch(rf"{slug}-(\d+-\w+|mini)", name)}
        assert hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest() == digest, slug


HOSTILE = '"><script>alert(1)</script>&amp; $\\undefined{x}$ \u202e]]>\x07'


def hostile() -> tuple[Theorem, SimpleNamespace]:
    name = Symbol(HOSTILE, positive=True)
    statement = Statement(SQUARED_GAIN, Mean(spread=name), name)
    whose = Theorem(
        "of_mine",
        HOSTILE,
        (DEPTH(LINEAR),),
        (statement,),
        (Parameter(name, 0, oo, points=(1, 2)),),
        frozenset(),
        (),
        (),
    )
    numbers = (1.0, 1.01, 0.03, 0.04, 0.05, 64, 0)
    swept = [
        Verdict("of_mine", 0, "depth(linear)", f"{HOSTILE}{k}", {HOSTILE: str(a)}, "consistent", *numbers)
        for a in (1, 2, 3)
        for k in (1, 2)
    ]
    return whose, SimpleNamespace(verdicts=(), sweep=tuple(swept))


def test_text_is_escaped(tmp_path):
    for name, svg in pictures(*hostile(), tmp_path).items():
        root = ElementTree.fromstring(svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SEEN
        assert "<script" not in svg and "\x07" not in svg and "\u202e" not in svg
        if name.endswith("wide"):
            assert "<script>alert(1)</script>&amp; $\\undefined{x}$ ]]>" in "".join(root.itertext())


@pytest.fixture
def log_gain(tmp_path):
    """One theorem drawn into a cache of its own, with the files kept there."""
    first = pictures(theorem("log_gain"), measured("log_gain"), tmp_path)
    return first, tmp_path, sorted(tmp_path.iterdir())


def again(cache, of=None):
    return pictures(theorem("log_gain"), of or measured("log_gain"), cache)


def test_what_is_kept_is_not_drawn_again(log_gain, monkeypatch):
    first, cache, kept = log_gain
    monkeypatch.setattr(figures, "compose", None)
    assert again(cache) == first and sorted(cache.iterdir()) == kept


@pytest.mark.parametrize("harm", [b"", b"<svg/>", b"\xff\xfe", None], ids=["empty", "other", "no text", "cut"])
def test_a_corrupt_drawing_is_redrawn(log_gain, harm):
    first, cache, kept = log_gain
    whole = {path: path.read_bytes() for path in kept}
    for path in kept:
        path.write_bytes(whole[path][:-9] if harm is None else harm)
    assert again(cache) == first
    assert {path: path.read_bytes() for path in kept} == whole


def test_a_drawing_under_a_wrong_name_is_a_folder(log_gain):
    first, cache, kept = log_gain
    for path in kept:
        path.unlink()
        path.mkdir()
    assert again(cache) == first
    assert all(path.is_dir() for path in kept) and len(list(cache.iterdir())) == len(kept)  # no halves are left


def test_changed_measurements_are_redrawn(log_gain):
    first, cache, kept = log_gain
    known = measured("log_gain")
    changed = replace(known, sweep=(replace(known.sweep[0], measured=known.sweep[0].measured + 0.02), *known.sweep[1:]))
    second = again(cache, changed)
    told = {name for name in first if first[name] != second[name]}
    assert told == {"log_gain-1-wide", "log_gain-1-narrow", "log_gain-mini"}
    assert len(list(cache.iterdir())) == len(kept) + 3 and again(cache) == first


def test_changed_code_is_redrawn(log_gain, monkeypatch):
    _, cache, kept = log_gain
    monkeypatch.setattr(figures, "_code", lambda: "of tomorrow")
    again(cache)
    assert len(list(cache.iterdir())) == 2 * len(kept)


def test_a_cache_that_cannot_be_written_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    assert again(tmp_path / "file" / "cache").keys() == again(tmp_path / "cache").keys()


def test_without_a_sweep_the_points_are_drawn_without_controls():
    known = measured("log_gain")
    shown = figures.shown(replace(known, sweep=()), 0)
    assert shown and not any(verdict.control for verdict in shown)
    assert any(verdict.control for verdict in known.verdicts)


def test_of_nothing_measured_there_is_a_miniature_that_says_so(tmp_path):
    found = pictures(theorem("log_gain"), SimpleNamespace(verdicts=(), sweep=()), tmp_path)
    assert found.keys() == {"log_gain-mini"}
    assert ElementTree.fromstring(found["log_gain-mini"]).get("aria-label") == "nothing was measured"


def test_the_platforms_cache_is_outside_the_project(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform.startswith("linux"):
        assert figures.kept_at() == tmp_path / "gradproof" / "figures"
    assert not figures.kept_at().is_relative_to(ROOT)
