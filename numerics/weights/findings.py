"""What is wrong with one tensor of a weight file, while the rest of the file is still used."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Finding:
    """One fault of one tensor: its name, how many entries are at fault, where the first one is, and the kind of fault.

    kind is "NaN", "infinity", or why the tensor was not read ("complex", "damaged", ...): then count is the number of
    its entries, where known, and first_index is None. An index counts in the stored layout, from 0.

    >>> print(Finding("W_1", 2, (0, 3), "NaN"))
    W_1: NaN in 2 entries, the first at [0, 3]; it is left out, export the tensor again from a finite checkpoint
    """

    tensor: str
    count: int
    first_index: tuple[int, ...] | None
    kind: str
    remedy: str = "export the tensor again from a finite checkpoint"

    def __str__(self) -> str:
        where = "" if self.first_index is None else f" in {_entries(self.count)}, the first at {list(self.first_index)}"
        return f"{self.tensor}: {self.kind}{where}; it is left out, {self.remedy}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def nonfinite(tensor: str, values: NDArray[np.float64]) -> tuple[Finding, ...]:
    """A finding for NaN and one for infinity, where the values have any: exact.

    Shapes: values of any shape with at least one axis.

    >>> nonfinite("b", np.array([1.0, np.inf, -np.inf]))[0].first_index
    (1,)
    """
    faults = (("NaN", np.isnan(values)), ("infinity", np.isinf(values)))
    return tuple(_finding(tensor, kind, fault) for kind, fault in faults if fault.any())


def _finding(tensor: str, kind: str, fault: NDArray[np.bool_]) -> Finding:
    first = np.unravel_index(int(fault.argmax()), fault.shape)
    return Finding(tensor, int(fault.sum()), tuple(int(i) for i in first), kind)
