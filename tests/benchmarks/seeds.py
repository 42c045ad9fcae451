"""All theorems over many seeds: how many cells are consistent, refuted, underpowered; and the time of each run.

Run: python tests/benchmarks/seeds.py [seeds, or first:last] [resolution]. A full `verify` each; no seed is chosen.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from numerics.commands.options import processors
from numerics.verification import prepare


def main() -> None:
    """Print a line a seed, and every verdict that is not consistent."""
    first, _, last = (sys.argv[1] if len(sys.argv) > 1 else "20").rpartition(":")
    resolution = float(sys.argv[2]) if len(sys.argv) > 2 else None
    for seed in range(int(first or 0), int(last)):
        start = time.perf_counter()
        verdicts = prepare(resolution=resolution, seed=seed).run(processors())
        counts = Counter(verdict.outcome for verdict in verdicts)
        print(f"seed {seed}: {dict(counts)}, {time.perf_counter() - start:.1f} s", flush=True)
        for verdict in verdicts:
            if verdict.outcome != "consistent":
                print("   ", verdict, verdict.detectable, flush=True)


if __name__ == "__main__":
    main()
