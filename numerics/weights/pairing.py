"""Which tensors are one layer, and in which order the layers stand: read from names alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WEIGHT = {"weight", "weights", "coef", "coefs", "kernel", "w"}
BIAS = {"bias", "biases", "intercept", "intercepts", "b"}
RECURRENT = {"ih", "hh"}

Stem = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Pair:
    """One layer: the names of its weight and of its bias, if it has one."""

    weight: str
    bias: str | None


def pair(matrices: Iterable[str], vectors: Iterable[str]) -> tuple[Pair, ...]:
    """Layers in natural order (`layer2` before `layer10`), each weight with the bias of the same stem.

    The stem is the name without its word for weight or bias: `layer1.weight` and `layer1.bias`, `coefs_0` and
    `intercepts_0`, `W_1` and `b_1`, `0.weight`. A vector without a weight of its stem is left out.
    Raises ValueError where two names claim one place.

    >>> [p.weight for p in pair(["layer10.weight", "layer2.weight"], [])]
    ['layer2.weight', 'layer10.weight']
    """
    weights = _by_stem(matrices)
    biases = _by_stem(vectors)
    return tuple(Pair(weights[stem], biases.get(stem)) for stem in sorted(weights))


def role(name: str) -> str | None:
    """What the name says of its tensor: "weight", "bias", "recurrent", or nothing.

    >>> role("coefs_0"), role("weight_hh_l0"), role("arr_0")
    ('weight', 'recurrent', None)
    """
    words = [word.lower() for word in _words(name)]
    if RECURRENT & set(words):
        return "recurrent"
    last = next((word for word in reversed(words) if word in WEIGHT | BIAS), None)
    return None if last is None else "weight" if last in WEIGHT else "bias"


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", name)


def _stem(name: str) -> Stem:
    """The name's words without the last one that means weight or bias; numbers compare as numbers, before letters."""
    words = _words(name)
    roles = [place for place, word in enumerate(words) if word.lower() in WEIGHT | BIAS]
    kept = words[: roles[-1]] + words[roles[-1] + 1 :] if roles else words
    return tuple((0, int(word), "") if word.isdecimal() else (1, 0, word) for word in kept)


def _by_stem(names: Iterable[str]) -> dict[Stem, str]:
    found: dict[Stem, str] = {}
    for name in names:
        other = found.setdefault(_stem(name), name)
        if other != name:
            raise ValueError(f"{other} and {name}: two tensors claim the same layer; give each its own number")
    return found
