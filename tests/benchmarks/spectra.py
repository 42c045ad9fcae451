"""All log singular values of long products, beside the QR factorizations alone and beside interval arithmetic.

Run: python tests/benchmarks/spectra.py [runs]. Medians of alternating runs, in CPU seconds of one thread:
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
from flint import acb_mat, arb, arb_mat, ctx

from numerics.spectra import log_singular_values


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def beside_the_factorizations(n: int, depth: int, draws: int, runs: int) -> None:
    """Both times, their ratio, and how far the sum of the logarithms is from the sum of log |det W_l|."""
    rng = np.random.default_rng(0)
    weights = [rng.standard_normal((draws, n, n)) / np.sqrt(n) for _ in range(depth)]
    pairs = []
    for _ in range(runs):
        alone = seconds(lambda: [np.linalg.qr(weight) for weight in weights])
        pairs.append((seconds(lambda: log_singular_values(weights)), alone))
    ours, alone, ratio = (statistics.median(column) for column in zip(*((a, b, a / b) for a, b in pairs), strict=True))
    found = log_singular_values(weights)
    determinants = sum(np.linalg.slogdet(weight)[1] for weight in weights)
    off = float(np.abs(found.value.sum(axis=1) / determinants - 1).max())
    print(
        f"n={n}, L={depth}, {draws} draws: {ours:.3f} s, QRs alone {alone:.3f} s, ratio {ratio:.2f};"
        f" sum of logs off by {off:.1e} of the log-determinant; {found.attained.mean():.1%} of the values attained",
        flush=True,
    )


def beside_intervals(n: int, depth: int, bits: int) -> None:
    """The largest error, against isolated eigenvalues of JᵀJ in ball arithmetic, and both times."""
    rng = np.random.default_rng(0)
    weights = [rng.standard_normal((1, n, n)) / np.sqrt(n) for _ in range(depth)]
    start, ctx.prec = time.process_time(), bits
    product = arb_mat(n, n, [arb(int(i == j)) for i in range(n) for j in range(n)])
    for weight in weights:
        product = arb_mat(n, n, [arb(float(x)) for x in weight[0].ravel()]) * product
    truth = sorted((float(x.real.log() / 2) for x in acb_mat(product.transpose() * product).eig()), reverse=True)
    intervals = time.process_time() - start
    found = log_singular_values(weights)
    error = np.abs(found.value[0] - truth)
    print(
        f"n={n}, L={depth}: error {error.max():.1e}, stated {found.error.max():.1e}, smallest log {truth[-1]:.1f};"
        f" {seconds(lambda: log_singular_values(weights)):.3f} s, ball arithmetic at {bits} bits {intervals:.1f} s",
        flush=True,
    )


def main() -> None:
    """Print a line a case."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for n, depth, draws in ((100, 2000, 1), (32, 300, 20), (8, 100, 1000)):
        beside_the_factorizations(n, depth, draws, runs)
    for n, depth, bits in ((8, 300, 3000), (32, 30, 1700), (32, 100, 4000), (32, 300, 8400)):
        beside_intervals(n, depth, bits)


if __name__ == "__main__":
    main()
