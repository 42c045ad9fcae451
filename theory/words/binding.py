"""Bound indices of products and sums: reserved symbols, so that nothing can capture them; and the checks of bounds."""

from __future__ import annotations

from sympy import Dummy, Expr, MatMul, MatrixExpr, Symbol, sympify


def reserved(height: int) -> Dummy:
    """The bound index of a product or sum that holds `height` - 1 levels of others."""
    return Dummy(f"i_{height}", dummy_index=height, integer=True)


def height(matrix: MatrixExpr) -> int:
    """How many levels of products and sums lie within each other."""
    inner = max((height(part) for part in matrix.args), default=0)
    return inner + bool(getattr(matrix, "binds", False))


def bound(body: MatrixExpr, index: Symbol) -> tuple[MatrixExpr, Dummy]:
    """The body with its index replaced by the reserved one of its height."""
    if not isinstance(body, MatrixExpr):
        raise TypeError(f"{body!r} under a product or sum: not a matrix expression; pass a SymPy MatrixExpr")
    if not isinstance(index, Symbol):
        raise ValueError(f"index={index!r}: not a symbol; pass a SymPy Symbol")
    name = reserved(height(body) + 1)
    return body.xreplace({index: name}), name


def integer(value: Expr | int, place: str, least: int | None = None) -> Expr:
    """The value as an expanded integer expression; ValueError where it cannot be one or lies below `least`."""
    if isinstance(value, str | bool | float):
        raise ValueError(f"{place}={value!r}: not an integer expression; pass an int or a SymPy integer symbol")
    expression = sympify(value).expand()
    if expression.is_integer is False:
        raise ValueError(f"{place}={expression}: not an integer; pass an integer expression")
    if least is not None and (expression - least).is_negative:
        raise ValueError(f"{place}={expression}: must be at least {least}; pass a larger integer")
    return expression


def span(low: Expr | int, high: Expr | int, least: int | None = None) -> tuple[Expr, Expr]:
    """Both bounds, checked: at least `least` terms lie between them wherever that can be decided."""
    first, last = integer(low, "low"), integer(high, "high")
    length = last - first + 1
    if least is not None and length.is_Integer and length < least:
        raise ValueError(f"low={first}, high={last}: {length} factors; pass high >= low - 1")
    return first, last


def letters_of(matrix: MatrixExpr) -> tuple[Expr, ...]:
    """The factors of a matrix word, from left to right."""
    return tuple(matrix.args) if isinstance(matrix, MatMul) else (matrix,)
