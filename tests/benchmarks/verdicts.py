"""What the verdicts of each theorem cost, drawn alone, in CPU seconds; the dearest first, then the total of them apart.

Run: python tests/benchmarks/verdicts.py [slug ...]; none for all. Networks that theorems share in one `verify` are
counted for each here, so that the sum lies above what one `verify` takes.
"""

from __future__ import annotations

import sys
import time

from numerics.verification import prepare
from theory import theorems


def seconds(slug: str) -> tuple[float, int]:
    """CPU seconds of drawing and judging a theorem's own cells, and their number."""
    plan = prepare([slug])
    start = time.process_time()
    found = plan.judged()
    return time.process_time() - start, len(found)


def main(slugs: list[str]) -> None:
    spent = {slug: seconds(slug) for slug in slugs}
    for slug, (cost, cells) in sorted(spent.items(), key=lambda item: -item[1][0]):
        print(f"{slug:26} {cells:4} cells {cost:8.2f} s", flush=True)
    cells, cost = sum(n for _, n in spent.values()), sum(c for c, _ in spent.values())
    print(f"{'apart from each other':26} {cells:4} cells {cost:8.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:] or list(theorems()))
