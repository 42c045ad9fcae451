"""Numbers as people print them, as MyST."""

from __future__ import annotations

from math import isfinite


def number(value: float | None, digits: int = 4) -> str:
    """A number in a few digits as MyST, powers of ten raised; a dash where there is none.

    >>> number(0.123456789), number(2.8e-17, 2), number(None), number(1e-9, 2)
    ('0.1235', '2.8×10{sup}`−17`', '–', '10{sup}`−9`')
    """
    if value is None or value != value:
        return "–"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    head, _, power = f"{value:.{digits}g}".partition("e")
    head = head.replace("-", "−")
    if not power:
        return head
    raised = f"10{{sup}}`{int(power)}`".replace("-", "−")
    return raised if head == "1" else f"{head}×{raised}"


def small(value: float | None) -> str:
    """A number in two digits; one below a thousandth as no more than that.

    >>> small(0.5832), small(4e-14), small(0.0)
    ('0.58', '&lt;\\xa00.001', '0')
    """
    return "&lt;\u00a00.001" if value is not None and 0 < value < 1e-3 else number(value, 2)


def count(number: int, noun: str, plural: str = "") -> str:
    """How many, with the noun in its number.

    >>> count(1, "step"), count(2, "step"), count(2, "identity", "identities")
    ('1 step', '2 steps', '2 identities')
    """
    return f"{thousands(number)} {noun if number == 1 else plural or noun + 's'}"


def thousands(number: int) -> str:
    """A whole number, its thousands apart.

    >>> thousands(68419).encode("ascii", "replace")
    b'68?419'
    """
    return f"{number:,}".replace(",", "\u202f")  # a narrow space that does not break
