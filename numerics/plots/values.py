"""Numbers in words: a few digits, a true minus sign, powers of ten with their exponents marked (writing.py)."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

from numerics.plots.writing import END, SUPER, clean

LONG = 7  # letters of a number: longer ones are rounded
DIGITS = 4
MOST_WIDTHS = 6  # of a profile that are all written


def exact(value: str) -> str:
    """A value of a parameter as it was given; a long one rounded, beyond float64 to a power of ten.

    >>> exact("4/5"), exact("123456789/1000000000"), exact("1" + "0" * 400) == power_of_ten(400)
    ('4/5', '0.1235', True)
    >>> exact("9,6,12,5"), exact(",".join(["8"] * 21))
    ('9,6,12,5', '8,8,...,8 (20 layers)')
    """
    if "," in value:
        return _profile(clean(value).split(","))
    if len(value) <= LONG:
        return clean(value)
    if isfinite(found := real(value)) and found:
        return number(found)
    above, _, below = value.lstrip("-").partition("/")
    return "−" * value.startswith("-") + power_of_ten(len(above) - max(len(below), 1))


def _profile(widths: list[str]) -> str:
    """Widths, of many the first and the last."""
    if len(widths) <= MOST_WIDTHS:
        return ",".join(widths)
    return f"{','.join(widths[:2])},...,{widths[-1]} ({len(widths) - 1} layers)"


def real(value: str) -> float:
    """A value of a parameter as a float; infinite beyond float64."""
    try:
        return float(Fraction(value))
    except (OverflowError, ValueError):
        return float("inf")


def number(value: float, digits: int = DIGITS) -> str:
    """A number in a few digits, with a true minus sign; powers of ten where it is very large or very small.

    >>> number(-0.25), number(13000.0), number(2.5e-14) == f"2.5×{power_of_ten(-14)}"
    ('−0.25', '13000', True)
    """
    if not isfinite(value) or value == 0:
        return f"{value:g}".replace("-", "−").replace("inf", "∞").replace("−0", "0")
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    if -4 < int(power) < 6:
        said = f"{float(f'{mantissa}e{power}'):.{max(digits - 1 - int(power), 0)}f}"
        return (said.rstrip("0").rstrip(".") if "." in said else said).replace("-", "−")
    times = {"1": "", "-1": "−"}.get(f"{float(mantissa):g}", f"{float(mantissa):g}×".replace("-", "−"))
    return times + power_of_ten(int(power))


def power_of_ten(power: int) -> str:
    """10 with its exponent raised.

    >>> from numerics.plots.writing import plain
    >>> plain(power_of_ten(-3))
    '10⁻³'
    """
    return f"10{SUPER}{power}{END}".replace("-", "−")


def percent(value: float) -> str:
    """A part of one in words: exact thousandths as percent, smaller ones as a power of ten.

    >>> percent(0.05), percent(0.0125)
    ('5 %', '1.25 %')
    """
    return f"{number(100 * value, 3)} %" if value >= 1e-4 else number(value, 2)
