"""Deferred networks beside dense ones, beside PyTorch's autograd, and beside drawing their normal numbers alone.

Run: python tests/benchmarks/deferred.py [runs]. One thread, alternating runs, medians of both raw times and of their
ratios, in CPU seconds: what else the machine does changes little; peak memory of fresh processes. PyTorch is asked only
here: where it is not installed the line says `not run`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from math import log, sqrt

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from numpy.random import default_rng

from numerics import ensembles, systems
from numerics.deferred import FreshLayers, TiedSteps
from theory.activations import TANH

try:
    import torch
except ImportError:
    torch = None

Act = Callable[[int], object]
SIGMA_W, SIGMA_B = 1.5, 0.3


def seconds(act: Act, seed: int) -> float:
    start = time.process_time()
    act(seed)
    return time.process_time() - start


def compare(name: str, act: Act, other: str, peer: Act | None, runs: int) -> None:
    """Medians of alternating runs, after one warm-up of each."""
    if peer is None:
        print(f"{name:44} {other}: not run")
        return
    pairs = [(seconds(act, k), seconds(peer, k)) for k in range(runs + 1)][1:]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(second / first for first, second in pairs)
    print(f"{name:44} {a * 1e3:8.1f} ms, {other} {b * 1e3:9.1f} ms, {other}/deferred {ratio:.2f}", flush=True)


def dense_tied(n: int, steps: int, dtype: str) -> Act:
    """The same network of this library with a dense W; single precision by the same lines of NumPy."""

    def act(seed: int) -> object:
        rng = default_rng(seed)
        if dtype == "float64":
            point = {"n": n, "T": steps, "sigma_w": SIGMA_W, "sigma_b": SIGMA_B}
            sample = systems.get("time").draw(ensembles.get("gaussian"), TANH, point, 1, rng)
            return sample.chain.pull(sample.g).log_norm()
        W = rng.standard_normal((n, n), dtype=np.float32) * np.float32(SIGMA_W / sqrt(n))
        h, b = rng.standard_normal((2, n), dtype=np.float32)
        states = []
        for _ in range(steps):
            states.append(h := np.tanh(W @ h + np.float32(SIGMA_B) * b))
        g = rng.standard_normal(n, dtype=np.float32)
        for h in reversed(states):
            g = W.T @ ((1 - h * h) * g)
        return g

    return act


def torch_tied(n: int, steps: int, dtype: str) -> Act | None:
    if torch is None:
        return None
    torch.set_num_threads(1)
    kind = getattr(torch, dtype)

    def act(seed: int) -> object:
        torch.manual_seed(seed)
        W = torch.randn(n, n, dtype=kind) * (SIGMA_W / sqrt(n))
        h0, b, g = (
            torch.randn(n, dtype=kind, requires_grad=True),
            SIGMA_B * torch.randn(n, dtype=kind),
            torch.randn(n, dtype=kind),
        )
        h = h0
        for _ in range(steps):
            h = torch.tanh(W @ h + b)
        return torch.autograd.grad(h, h0, g)

    return act


def torch_fresh(n: int, layers: int) -> Act | None:
    if torch is None:
        return None
    torch.set_num_threads(1)

    def act(seed: int) -> object:
        torch.manual_seed(seed)
        h = h0 = torch.randn(n, dtype=torch.float64, requires_grad=True)
        g = torch.randn(n, dtype=torch.float64)
        for _ in range(layers):
            W = torch.randn(n, n, dtype=torch.float64) * (SIGMA_W / sqrt(n))
            h = torch.tanh(W @ h + SIGMA_B * torch.randn(n, dtype=torch.float64))
        return torch.autograd.grad(h, h0, g)

    return act


def fresh(n: int, layers: int, dtype: str = "float64", hold: int = 2**28) -> Act:
    network = FreshLayers(TANH, (n,) * (layers + 1), SIGMA_W, SIGMA_B, dtype=dtype, hold=hold)
    return lambda seed: network.pull(default_rng(seed), 1)


def tied(n: int, steps: int, dtype: str = "float64") -> Act:
    network = TiedSteps(TANH, n, steps, SIGMA_W, SIGMA_B, dtype=dtype)
    return lambda seed: network.pull(default_rng(seed), 1)


def normals(count: int, dtype: str) -> Act:
    return lambda seed: default_rng(seed).standard_normal(count, dtype=np.dtype(dtype).type)


def exponent(small: Act, large: Act, factor: float, runs: int) -> float:
    """log(time ratio)/log(factor): how the cost grows."""
    pairs = [(seconds(small, k), seconds(large, k)) for k in range(runs + 1)][1:]
    return log(statistics.median(b / a for a, b in pairs)) / log(factor)


def alone(code: str) -> tuple[float, float]:
    """CPU seconds and largest resident set, in GiB, of a fresh process that runs the code."""
    whole = f"import resource; {code}; used = resource.getrusage(resource.RUSAGE_SELF)"
    told = f"{whole}; print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    out = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    seconds_, size = out.stdout.split()[-2:]
    return float(seconds_), int(size) / 2**20


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for dtype in ("float64", "float32"):
        name = f"through time, tanh, n=4000, T=50, {dtype}"
        compare(name, tied(4000, 50, dtype), "dense", dense_tied(4000, 50, dtype), runs)
        compare(name, tied(4000, 50, dtype), "PyTorch", torch_tied(4000, 50, dtype), runs)
    for dtype in ("float64", "float32"):
        compare(
            f"through depth, tanh, n=4096, L=50, {dtype}",
            fresh(4096, 50, dtype),
            "2nL normals",
            normals(2 * 4096 * 50, dtype),
            5 * runs,
        )
    compare("through depth, tanh, n=1024, L=10, float64", fresh(1024, 10), "PyTorch", torch_fresh(1024, 10), runs)
    print(f"depth: time grows as n^{exponent(fresh(8192, 50), fresh(65536, 50), 8, runs):.2f} (n = 8192 to 65536)")
    print(f"depth: time grows as L^{exponent(fresh(16384, 25), fresh(16384, 200), 8, runs):.2f} (L = 25 to 200)")
    print(f"time: time grows as n^{exponent(tied(4000, 50), tied(32000, 50), 8, runs):.2f} (n = 4000 to 32000)")
    print(f"time: time grows as T^{exponent(tied(8000, 25), tied(8000, 100), 4, runs):.2f} (T = 25 to 100)")
    start = "from numpy.random import default_rng; from theory import TANH; from numerics.deferred import FreshLayers"
    for hold in ("2**40", "2**28"):
        code = f"{start}; FreshLayers(TANH, (10**6,) * 101, 1.5, 0.3, hold={hold}).pull(default_rng(0), 1)"
        spent, size = alone(code)
        print(f"depth, n=1,000,000, L=100, hold={hold}: {spent:.1f} s, peak {size:.2f} GiB")


if __name__ == "__main__":
    main()
