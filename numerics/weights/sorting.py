"""The tensors of a file by what they are: weights, biases, findings, and what belongs to no layer."""

from dataclasses import dataclass

from numerics.weights.declared import Contents, Values, refusal
from numerics.weights.findings import Finding, nonfinite
from numerics.weights.pairing import role


@dataclass(frozen=True, eq=False)
class Roles:
    """weights are matrices and biases vectors, those with NaN or infinity too: their shapes still tell the layout.

    gaps: the names of tensors that are layers but no matrices that could be read. faulty: names with NaN or infinity.
    """

    weights: dict[str, Values]
    biases: dict[str, Values]
    gaps: tuple[str, ...]
    faulty: frozenset[str]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...]


def sort(contents: Contents) -> Roles:
    """Sorts by name and number of axes; a weight that is no matrix or a bias that is no vector is a finding."""
    groups: dict[str, dict[str, Values]] = {"weight": {}, "bias": {}, "misfit": {}, "ignored": {}}
    for name, values in contents.tensors.items():
        groups[_group(name, values.ndim)][name] = values
    misfits = tuple(_misfit(name, values.shape) for name, values in groups["misfit"].items())
    nonfinites = tuple(
        fault for kind in ("weight", "bias") for item in groups[kind].items() for fault in nonfinite(*item)
    )
    findings = (*contents.findings, *misfits, *nonfinites)
    gaps = tuple(fault.tensor for fault in (*contents.findings, *misfits) if role(fault.tensor) in ("weight", None))
    faulty = frozenset(fault.tensor for fault in nonfinites)
    return Roles(groups["weight"], groups["bias"], gaps, faulty, findings, (*contents.ignored, *groups["ignored"]))


def _group(name: str, axes: int) -> str:
    match role(name), axes:
        case "recurrent", _:  # through time one matrix returns: no chain of layers says so
            return "ignored"
        case (("weight" | None), 2):
            return "weight"
        case "bias", 1:
            return "bias"
        case None, 0 | 1:
            return "ignored"
    return "misfit"


def _misfit(name: str, shape: tuple[int, ...]) -> Finding:
    wanted = "vector" if role(name) == "bias" else "matrix"
    return refusal(name, shape, f"shape {shape} where a {wanted} is read", "only fully connected layers are read")
