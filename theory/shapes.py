"""An expression as people would set it, before it is printed: what stands below a bar, half of a sum, one root.

Nothing here computes: each function returns an unevaluated expression that is equal to what it was given.
"""

from __future__ import annotations

from math import lcm

from sympy import Add, E, Expr, I, Integer, Mul, Pow, Rational


def product(expr: Expr) -> Expr:
    """A product with its roots in one and its negative powers below a bar; any other product as it is.

    >>> from sympy.abc import n, x
    >>> product(x * n**-n).args
    (x, 1/(n**n))
    """
    return below_bar(one_root(expr)) if expr.is_Mul else expr


def below_bar(expr: Expr) -> Expr:
    """Factors whose exponent begins with a minus sign as a denominator: L^{-L} reads worse than 1/L^L, sin^{-L} as an
    inverse sine. Powers of e and complex exponents stay."""
    if not expr.is_Mul:
        return expr
    lower = [factor for factor in expr.args if factor.is_Pow and _is_below(factor)]
    if all(factor.exp.is_Rational for factor in lower):
        return expr  # SymPy's own printers do these
    above = [factor for factor in expr.args if factor not in lower]
    denominator = Mul(*(Pow(factor.base, -factor.exp) for factor in lower))
    return Mul(*above, Pow(denominator, -1, evaluate=False), evaluate=False)


def _is_below(power: Expr) -> bool:
    return power.base != E and power.is_commutative and power.exp.could_extract_minus_sign() and not power.exp.has(I)


def one_root(expr: Expr) -> Expr:
    """sqrt(2) sqrt(n)/2 as sqrt(n/2), in a denominator too: SymPy takes roots apart; any other product as it is."""
    if not expr.is_Mul:
        return expr
    below = {factor: one_root(factor.base) for factor in expr.args if factor.is_Pow and factor.exp == -1}
    if any(base is not factor.base for factor, base in below.items()):
        args = (Pow(below[arg], -1, evaluate=False) if arg in below else arg for arg in expr.args)
        return Mul(*args, evaluate=False)
    roots = [factor for factor in expr.args if factor.is_Pow and factor.exp == Rational(1, 2)]
    numbers = [factor for factor in expr.args if factor.is_Rational]
    if len(roots) < 2 or not any(root.base.is_Rational for root in roots) or not all(c.is_positive for c in numbers):
        return expr
    inside = Mul(*(root.base for root in roots), *(number**2 for number in numbers))
    if inside.is_number:
        return expr
    rest = [factor for factor in expr.args if factor not in roots and factor not in numbers]
    root = Pow(inside, Rational(1, 2), evaluate=False)
    return Mul(root, *rest, evaluate=False) if rest else root


def shared_bar(expr: Expr) -> Expr:
    """A sum all of whose terms are fractions over one number as one fraction; any other sum as it is.

    >>> from sympy.abc import k, n
    >>> shared_bar((n - k + 1) / 2), shared_bar(n / 2 + k)
    ((-k + n + 1)/2, k + n/2)
    """
    parts = [term.as_coeff_Mul() for term in expr.args]
    if not expr.is_commutative or any(not c.is_Rational or c.q == 1 for c, _ in parts):
        return expr
    if any(rest.as_numer_denom()[1] != 1 for _, rest in parts):
        return expr
    common = Integer(lcm(*(int(c.q) for c, _ in parts)))
    whole = Add(*(Mul(c * common, rest) for c, rest in parts))
    return Mul(Rational(1, common), whole, evaluate=False)


def positive_first(terms: list[Expr]) -> list[Expr]:
    """The terms of a sum, none with a minus sign before one without; 1 + x² rather than x² + 1."""
    if terms[0].could_extract_minus_sign():
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))
    if len(terms) == 2 and terms[1].is_Rational and terms[1].is_positive and _is_squared(terms[0]):
        return terms[::-1]
    return terms


def _is_squared(term: Expr) -> bool:
    """A product of powers, such as a² sigma_w²."""
    return all(factor.is_Pow and factor.exp == 2 for factor in Mul.make_args(term))
