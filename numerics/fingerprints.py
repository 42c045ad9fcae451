"""What a theorem's measurements rest on, as one hash: with another, they are measurements of something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from json import dumps

from sympy import srepr
from sympy.core.basic import Basic

from numerics import ensembles
from numerics.cells import missing, systems_of
from numerics.ensembles import Ensemble
from theory.assumptions import Assumption, closure
from theory.observables import Observable
from theory.statement import Theorem


def fingerprint(theorem: Theorem) -> str:
    """SHA-256 of all that decides what is measured: statements, the activations and ensembles that they meet, points,
    sweep and controls. Title, proof, references and the prose of assumptions do not enter.

    >>> from theory import theorem
    >>> len(fingerprint(theorem("log_gain")))
    64
    """
    measured = {
        "statements": theorem.statements,
        "systems": [systems_of(theorem, statement) for statement in theorem.statements],
        "parameters": theorem.parameters,
        "assumes": theorem.assumes,
        "controls": [replace(control, reason="") for control in theorem.controls],
        "sweep": theorem.sweep,
        "ensembles": [_declared(each) for each in _met(theorem)],
    }
    return sha256(dumps(plain(measured), sort_keys=True).encode()).hexdigest()


def _met(theorem: Theorem) -> list[Ensemble]:
    """The ensembles that a theorem is judged on, its controls and its sweep included."""
    if not any(system.has_weights for system in theorem.systems):
        return []
    named = {control.ensemble for control in theorem.controls} | set(theorem.sweep.ensembles if theorem.sweep else ())
    every = [ensembles.get(name) for name in (*ensembles.names(), ensembles.GIVEN)]
    return [each for each in every if each.name in named or not missing(theorem, each)]


def _declared(ensemble: Ensemble) -> list[object]:
    return [ensemble.name, closure(ensemble.satisfies), ensemble.kurtosis, ensemble.gain_spread]


def plain(value: object) -> object:
    """Any part of a theorem as text, numbers, lists and dictionaries; equal for equal mathematics alone.

    >>> from theory.symbols import L
    >>> plain({"x": (L, None)})
    {'x': ["Symbol('L', positive=True, integer=True)", None]}
    """
    if isinstance(value, Assumption):
        return value.name
    if isinstance(value, Observable):
        return [value.name, srepr(value.definition)]
    if isinstance(value, Basic):
        return srepr(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted((plain(each) for each in value), key=repr)
    return [plain(each) for each in value] if isinstance(value, tuple | list) else value
