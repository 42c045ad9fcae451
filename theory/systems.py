"""What a statement is about, as data: a product through depth, through time, of residual layers, or one matrix; drawn
or given."""

from __future__ import annotations

from dataclasses import dataclass

from theory.activations import LINEAR, Activation


@dataclass(frozen=True)
class System:
    """A kind of product and the activation in it; ``activation=None`` stands for every activation.

    >>> from theory.activations import LINEAR
    >>> DEPTH(LINEAR)
    depth(linear)
    >>> DEPTH(ANY).covers(DEPTH(LINEAR))
    True
    """

    kind: str
    activation: Activation | None = None

    def covers(self, other: System) -> bool:
        """Whether a statement about this system speaks of the other one."""
        return self.kind == other.kind and self.activation in (None, other.activation)

    def __repr__(self) -> str:
        if self.kind == "matrix":
            return self.kind
        return f"{self.kind}({self.activation.name if self.activation else 'any'})"


ANY = None


def DEPTH(activation: Activation | None) -> System:
    """A feed-forward network: independent W_l, J = D_L W_L ... D_1 W_1.

    >>> DEPTH(ANY)
    depth(any)
    """
    return System("depth", activation)


def TIME(activation: Activation | None) -> System:
    """A recurrent network: the same W at each of T steps.

    >>> TIME(ANY)
    time(any)
    """
    return System("time", activation)


MATRIX = System("matrix")
# layers x + a W_l x of independent W_l: J = (I + a W_L) ... (I + a W_1)
RESIDUAL = System("residual", LINEAR)
# powers of one given matrix, the 2 x 2 Jordan block W = [[a, b], [0, a]]: nothing is drawn
JORDAN = System("jordan", LINEAR)
