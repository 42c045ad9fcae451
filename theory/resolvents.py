"""What bounds all powers of a matrix at once: the largest of their norms, and the norm of the resolvent on a circle."""

from __future__ import annotations

from theory.quantities import Magnitude


class largest_power(Magnitude):
    """The least upper bound of ‖M^T‖ over T = 0, 1, 2, ...; infinite where the powers grow without bound."""

    latex_form = r"\sup_{{T\geq 0}} \lVert {0}^{{T}} \rVert"
    text_form = "sup over T >= 0 of ‖{0}^T‖"


class resolvent_norm(Magnitude):
    """The largest ‖(zI - M)⁻¹‖ on the circle |z| = r: resolvent_norm(M, r)."""

    latex_form = r"\max_{{|z|={1}}} \lVert (z\mathbb{{I}}-{0})^{{-1}} \rVert"
    text_form = "max over |z| = {1} of ‖(z*I - {0})^(-1)‖"
