"""Numbers as text: exact, bounded, and nothing but numbers."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational

from theory.numbers import parse


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        *(("3", "3"), ("-3", "-3"), ("+3", "3"), ("0.1", "1/10"), (".5", "1/2"), ("5.", "5"), ("007", "7")),
        *(("1e3", "1000"), ("-1.5e-3", "-3/2000"), ("1E+2", "100"), ("5/3", "5/3"), ("-5/3", "-5/3"), (" 2 ", "2")),
        *(("0.1/0.3", "1/3"), ("1e2/4e-1", "250"), ("0/7", "0"), ("-0", "0")),
    ],
)
def test_reads_exactly(text: str, exact: str) -> None:
    assert parse(text, "a") == Rational(Fraction(exact).numerator, Fraction(exact).denominator)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e90", max_value="1e90", places=40))
def test_decimals_are_what_they_say(number: object) -> None:
    found = parse(str(number), "a")
    assert Fraction(int(found.p), int(found.q)) == Fraction(str(number))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "1e", "e3", ".", "1..2", "1_000", "0x10", "1,5", "1 2", "1/2/3", "/2", "2/", "1+1", "--1"),
        *(
            "nan",
            "inf",
            "oo",
            "pi",
            "1j",
            "1e1.5",
            "sqrt(2)",
            "__import__('os')",
            "1\n2",
            "١",
            "²",
            "½",
            "1;1",
            "10**9",
        ),
    ],
)
def test_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number; pass an integer, a decimal or a fraction") as caught:
        parse(text, "sigma_w")
    assert str(caught.value).startswith("sigma_w=") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/0", "n=1/0: divides by 0"),
        ("1/0e5", "divides by 0"),
        ("1e10001", "exponent 10001; pass one of size at most 10000"),
        ("1e-99999999999999", "exponent"),
        ("9" * 201, "201 characters; pass a number of at most 200"),
        ("(" * 10**6, "characters"),
    ],
)
def test_is_bounded(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        parse(text, "n")
    assert len(str(caught.value)) < 300


def test_the_longest_allowed_is_fast() -> None:
    start = time.process_time()
    parse("9" * 200, "a")
    parse("1e10000/3e-10000", "a")
    with pytest.raises(ValueError, match="not a number"):
        parse("1" * 199 + "x", "a")
    assert time.process_time() - start < 1
