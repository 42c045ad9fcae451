"""Real weights: every theorem that assumes nothing random, judged on a trained network, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sympy import Integer, oo

from numerics.arrays import Norms
from numerics.cells import Cell, systems_of
from numerics.drawing import collect
from numerics.ensembles import Ensemble
from numerics.judging import EACH_DRAW, Ruling, design_on
from numerics.measurement import read as read_observable
from numerics.network import Network
from numerics.planning import Unjudged, ruled, told_apart
from numerics.systems import Sample, accompany
from numerics.verdict import EPS, ROUNDING, Judgment, Verdict, decide
from numerics.weights import Layer, Layout, WeightFile, read
from theory.activations import LINEAR, TANH, Activation
from theory.catalog import theorem, theorems
from theory.observables import FACTOR_PRODUCT, NETWORK_DERIVATIVE
from theory.statement import Theorem
from theory.symbols import L
from theory.systems import System

GIVEN = Ensemble("file", "The weights of a file", frozenset(), oo, oo, draw=lambda *_: np.empty(0))
DIFFERENCE_STEP = 2.0**-12
DIFFERENCE_RESOLUTION = 1e-6


@dataclass(frozen=True, eq=False)
class Trained:
    """The networks of one group: the first layers of a file, with random inputs and directions."""

    sample: Sample
    seed: int

    def blocks(self, draws: int) -> Iterator[Sample]:
        """The one sample there is."""
        yield self.sample


def verify_weights(
    path: str | Path, slugs: Sequence[str] = (), layout: Layout | None = None, seed: int = 0
) -> tuple[tuple[Verdict, ...], tuple[Unjudged, ...], WeightFile]:
    """Judge the weights of a .npz or .safetensors file: tanh hidden layers, a linear output, standard normal inputs.

    Theorems about linear networks are judged on the linear counterpart. One verdict a statement, activation and number
    of layers; chain_rule is also judged by real differences, at their own error.
    Raises ValueError where the file has no usable layers or a named theorem assumes random weights.
    """
    chosen = [_deterministic(slug) for slug in slugs] if slugs else [t for t in map(theorem, theorems()) if _applies(t)]
    file = read(path, layout)
    last = max(file.positions)
    found: list[Verdict | Unjudged] = []
    places = iter(file.positions)
    for run in file.runs:
        first, *_ = span = [next(places) for _ in run]
        for depth in range(1, len(run) + 1):
            where = {"layers": f"{first + 1}-{span[depth - 1] + 1}" if depth > 1 else f"{first + 1}"}
            found += _judged(chosen, run[:depth], span[depth - 1] == last, where, seed)
    return *told_apart(found), file


def _applies(t: Theorem) -> bool:
    return not t.assumes and any(system.kind == "depth" for system in t.systems)


def _deterministic(slug: str) -> Theorem:
    named = theorem(slug)
    if not _applies(named):
        why = ", ".join(sorted(a.name for a in named.assumes)) or "a product through depth, which it is not about"
        able = ", ".join(name for name in theorems() if _applies(theorem(name)))
        raise ValueError(f"theorem {slug}: a file cannot satisfy {why}; with weights pass one of {able}")
    return named


def _judged(
    chosen: Sequence[Theorem], layers: Sequence[Layer], ends: bool, where: Mapping[str, str], seed: int
) -> Iterator[Verdict | Unjudged]:
    for activation in (TANH, LINEAR):
        group = Trained(_sample(layers, activation, ends, seed), seed)
        system = System("depth", activation)
        for t in chosen:
            for number, statement in enumerate(t.statements):
                if system in systems_of(t, statement) and not (
                    activation is LINEAR and len(systems_of(t, statement)) > 1
                ):
                    yield from _statement(t, number, system, group, where)


def _sample(layers: Sequence[Layer], activation: Activation, ends: bool, seed: int) -> Sample:
    """The network of these layers: its output is linear where it is the file's last."""
    activations = (activation,) * (len(layers) - 1) + (LINEAR if ends else activation,)
    weights = tuple(weight[None] for weight, _ in layers)
    biases = tuple(None if bias is None else bias[None] for _, bias in layers)
    rng = np.random.default_rng(np.random.SeedSequence([seed, len(layers)]))
    inputs = rng.standard_normal((EACH_DRAW, weights[0].shape[2]))
    return accompany("depth", Network(weights, biases, activations), inputs, {}, rng)


def _statement(
    t: Theorem, number: int, system: System, group: Trained, where: Mapping[str, str]
) -> Iterator[Verdict | Unjudged]:
    cell = Cell(t, number, system, GIVEN, (("L", Integer(len(group.sample.network.weights))),))
    if not all(p.admits(Integer(len(group.sample.network.weights))) for p in t.parameters if p.symbol == L):
        return  # too few layers to speak of
    yield _found(cell, where, lambda: _judgment(cell, group), group.seed)
    if t.statements[number].left is NETWORK_DERIVATIVE:
        yield _found(cell, where, lambda: (None, _by_differences(group.sample)), group.seed)


def _judgment(cell: Cell, group: Trained) -> Ruling:
    task = design_on(cell, group)
    needs = {observable: draws for (_, observable), draws in task.needs.items()}
    return task.judge({(group, observable): reading for observable, reading in collect(group, needs).items()})


def _found(cell: Cell, where: Mapping[str, str], ruling: Callable[[], Ruling], seed: int) -> Verdict | Unjudged:
    """What is found on a file has no ensemble, and layers for a point."""
    found = ruled(cell, ruling, EACH_DRAW, seed)
    if isinstance(found, Verdict):
        return replace(found, ensemble=None, point=where)
    return replace(found, point=where)


def _by_differences(sample: Sample) -> Judgment:
    """gᵀJv against extrapolated central differences; their own error: what the extrapolation changed, and rounding."""
    product = read_observable(FACTOR_PRODUCT, sample)
    coarse, fine = (_central(sample, step) for step in (DIFFERENCE_STEP, DIFFERENCE_STEP / 2))
    best = (4 * fine - coarse) / 3
    size, gap = np.abs(product.values[:, 0]), np.abs(best - product.values[:, 0])
    allowed = np.abs(fine - coarse) + ROUNDING * EPS * np.abs(sample.states.h[-1]).sum(axis=1) / DIFFERENCE_STEP
    detectable = float(np.median(2 * allowed / size))
    outcome = decide(bool((gap > allowed).any()), detectable, DIFFERENCE_RESOLUTION)
    worst = int(np.argmax(gap / allowed))
    measured, error = float((gap / size)[worst]), float((allowed / size)[worst])
    return Judgment(outcome, measured, error, detectable, DIFFERENCE_RESOLUTION, "by real differences")


def _central(sample: Sample, step: float) -> Norms:
    ahead, behind = (sample.network.forward(sample.h0 + sign * step * sample.v).h[-1] for sign in (1, -1))
    difference: Norms = (sample.g * (ahead - behind)).sum(axis=1) / (2 * step)
    return difference
