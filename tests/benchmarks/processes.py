"""Whole processes, measured side by side: start-up against SymPy's own, and what `gradproof verify` costs.

Run: python tests/benchmarks/processes.py [runs]. Prints ratios; medians of alternating runs, one thread a process.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def seconds(code: Sequence[str]) -> float:
    """Wall seconds of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *code], check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def alternating(first: Sequence[str], second: Sequence[str], runs: int) -> tuple[float, float, float]:
    """Medians of both, and of their ratio pair by pair, after one warm-up of each."""
    pairs = [(seconds(first), seconds(second)) for _ in range(runs + 1)][1:]
    firsts, seconds_ = zip(*pairs, strict=True)
    return statistics.median(firsts), statistics.median(seconds_), statistics.median(a / b for a, b in pairs)


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    command = ["-c", "from numerics.cli import main; main()"]
    cases = {
        "import theory / import sympy": (["-c", "import theory"], ["-c", "import sympy"]),
        "all of theory's door / import sympy": (["-c", "from theory import *"], ["-c", "import sympy"]),
        "gradproof --help / python -c pass": ([*command, "--help"], ["-c", "pass"]),
    }
    for name, (first, second) in cases.items():
        a, b, ratio = alternating(first, second, runs)
        print(f"{name:40} {a:7.3f} s {b:7.3f} s   ratio {ratio:.2f}")
    start = time.perf_counter()
    status = subprocess.run([sys.executable, *command, "verify"], stdout=subprocess.DEVNULL, env=ENVIRONMENT).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"gradproof verify: {time.perf_counter() - start:.1f} s, peak {peak:.2f} GiB, exit {status}")


if __name__ == "__main__":
    main()
