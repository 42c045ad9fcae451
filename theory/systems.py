"""What a statement is about, as data: a product through depth, through time, of residual layers, or one matrix; drawn
or given."""

from __future__ import annotations

from dataclasses import dataclass

from theory.activations import LINEAR, Activation

WEIGHTLESS = frozenset({"memory"})  # kinds without random weights


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

    @property
    def has_weights(self) -> bool:
        """Whether networks are drawn from an ensemble; where not, a statement is judged once, with none."""
        return self.kind not in WEIGHTLESS

    @property
    def has_activation(self) -> bool:
        """Whether an activation plays a part."""
        return self.kind != "matrix" and self.has_weights

    def __repr__(self) -> str:
        if not self.has_activation:
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
# one number that is kept, h_t = lambda h_{t-1} + x_t from h_0 = 0, driven by unit white noise
MEMORY = System("memory")
