"""Arb's working precision, which is global: set for a while, and always restored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flint import ctx


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Arb works with this many bits inside, and with as many as before afterwards, whatever happens.

    >>> before = ctx.prec
    >>> with working_precision(200):
    ...     ctx.prec
    200
    >>> ctx.prec == before
    True
    """
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before
