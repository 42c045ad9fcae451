"""Exact numbers and balls as decimal text, rounded outward."""

from __future__ import annotations

from flint import arb, fmpq

PLAIN = range(-7, 22)  # exponents of the leading digit that are written without e
FARTHEST = 10**18  # exponents beyond are not written


def decimal(digits: int, exponent: int) -> str:
    """The number digits·10^exponent as text, every digit kept.

    >>> decimal(-1250, -3), decimal(7, -9), decimal(12, 1)
    ('-1.250', '7e-9', '120')
    """
    sign, text = "-" * (digits < 0), str(abs(digits))
    leading = exponent + len(text) - 1
    if leading not in PLAIN:
        return f"{sign}{text[0]}{'.' * (len(text) > 1)}{text[1:]}e{leading}"
    if exponent >= 0:
        return sign + text + "0" * exponent * (digits != 0)
    text = text.zfill(1 - exponent)
    return f"{sign}{text[:exponent]}.{text[exponent:]}"


def terminating(number: fmpq, digits: int) -> str | None:
    """The fraction as an exact decimal; None where it does not end within so many significant digits.

    >>> terminating(fmpq(-1, 8), 3), terminating(fmpq(1, 3), 50)
    ('-0.125', None)
    """
    top, bottom, places = int(number.p), int(number.q), 0
    for factor in (10, 5, 2):
        while bottom % factor == 0:
            bottom //= factor
            top, places = top * (10 // factor), places + 1
    while top and top % 10 == 0:
        top, places = top // 10, places - 1
    ends = bottom == 1 and top.bit_length() <= 4 * digits  # before str: Python refuses to write very long integers
    return decimal(top, -places) if ends and len(str(abs(top))) <= digits else None


def outward(ball: arb, digits: int) -> tuple[str, str, str] | None:
    """(value, low, high) with low <= every number of the ball <= high, high - low <= 10^(1-digits)·|value|.

    None where the ball is too wide for that at this precision, or contains 0.

    >>> outward(arb.pi(), 4)
    ('3.142', '3.141', '3.142')
    """
    magnitude = ball.abs_lower()
    if not (ball.is_finite() and magnitude > 0 and ball.rel_accuracy_bits() > 10 * digits // 3 + 4):
        return None
    leading = (magnitude.log() / arb.const_log10()).lower().floor().unique_fmpz()
    if leading is None or abs(int(leading)) > FARTHEST:
        return None
    return _on_grid(ball, int(leading) - digits + 1, digits) or _on_grid(ball, int(leading) - digits, digits)


def _on_grid(ball: arb, exponent: int, digits: int) -> tuple[str, str, str] | None:
    """The three numbers as multiples of 10^exponent; None where they lie too far apart."""
    scaled = ball / arb(10) ** exponent
    low, high = scaled.lower().floor().unique_fmpz(), scaled.upper().ceil().unique_fmpz()
    middle = (scaled.mid() + arb(0.5)).floor().unique_fmpz()
    if low is None or high is None or middle is None:
        return None
    value = min(max(int(low), int(middle)), int(high))
    if (int(high) - int(low)) * 10 ** (digits - 1) > abs(value):
        return None
    return decimal(value, exponent), decimal(int(low), exponent), decimal(int(high), exponent)
