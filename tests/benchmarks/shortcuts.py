"""The shortcuts beside dense draws that give the same numbers, drawing included.

Run: python tests/benchmarks/shortcuts.py [runs]. Medians of alternating runs, in CPU seconds of one thread:
what else the machine does changes little.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from numerics import ensembles, shortcuts
from numerics.chain import Chain
from numerics.spectra import lyapunov_spectrum

Act = Callable[[np.random.Generator], object]


def seconds(act: Act, seed: int) -> float:
    rng = np.random.default_rng(seed)
    start = time.process_time()
    act(rng)
    return time.process_time() - start


def compare(name: str, dense: Act, dense_draws: int, short: Act, short_draws: int, runs: int) -> None:
    """Seconds a draw of both, alternating, after one warm-up of each."""
    pairs = [(seconds(dense, k) / dense_draws, seconds(short, k) / short_draws) for k in range(runs + 1)][1:]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(first / second for first, second in pairs)
    print(f"{name:44} dense {a * 1e3:10.4f} ms, shortcut {b * 1e3:8.4f} ms a draw, ratio {ratio:.0f}", flush=True)


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    draw = ensembles.get("gaussian").draw
    for n, some in ((32, 200), (200, 20), (1000, 1)):
        compare(
            f"‖W‖, n={n}",
            lambda rng, n=n, some=some: np.linalg.norm(draw(rng, some, n, n, 1.0), 2, axis=(1, 2)),
            some,
            lambda rng, n=n: shortcuts.operator_norms(rng, 200, n, n),
            200,
            runs,
        )
    for n in (10**4, 10**6, 10**9):
        each = statistics.median(
            seconds(lambda rng, n=n: shortcuts.operator_norms(rng, 20, n, n), k) / 20 for k in range(runs)
        )
        print(f"‖W‖, n={n}: {each * 1e3:.3f} ms a draw")
    v = np.eye(64)[:1]
    compare(
        "log‖Jv‖², n=64, L=100",
        lambda rng: Chain(tuple(draw(rng, 20, 64, 64, 1.0) for _ in range(100))).push(v).log_norm(),
        20,
        lambda rng: shortcuts.log_gains(rng, 10_000, (64,) * 101),
        10_000,
        runs,
    )
    compare(
        "Lyapunov exponents, n=64, L=100",
        lambda rng: lyapunov_spectrum([draw(rng, 5, 64, 64, 1.0) for _ in range(100)]),
        5,
        lambda rng: shortcuts.log_diagonals(rng, 200, (64,) * 101).mean(axis=1),
        200,
        runs,
    )
    compare(
        "smallest singular value, n=200",
        lambda rng: np.linalg.norm(draw(rng, 20, 200, 200, 1.0), -2, axis=(1, 2)),
        20,
        lambda rng: shortcuts.smallest_singular_values(rng, 200, 200, 200),
        200,
        runs,
    )


if __name__ == "__main__":
    main()
