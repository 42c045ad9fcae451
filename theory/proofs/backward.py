"""Gradients that travel back through independent weights: isotropy of Wᵀ, products of norms, independence, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Mul, Sum, Transpose
from sympy.core.basic import Basic

from theory import rectangular as wide
from theory.letters import W, u, v
from theory.products import Layer, OrderedProduct
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, head_and_rest, is_constant, nonnegative
from theory.proofs.normal import same
from theory.quantities import E, squared_norm
from theory.symbols import L, l, sigma_w

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step

Span = tuple[Expr, Expr]  # the lowest and the highest layer of a word


def isotropy_backward(expression: Basic) -> Basic:
    """E‖W_lᵀ X‖² = sigma_w² E‖X‖², whatever the shape of W_l, for X of u and later layers, independent of W_l.

    It is tr(XᵀE[WWᵀ]X).
    """

    def change(node: Basic) -> Basic | None:
        constant, size = constant_and_rest(node.args[0])
        parts = head_and_rest(size.args[0]) if isinstance(size, squared_norm) else None
        if parts is None or not isinstance(parts[0], Transpose):
            return None
        weight, rest = parts[0].args[0], parts[1]
        fresh = isinstance(weight, Layer) and weight in (W(weight.index), wide.W(weight.index))
        later = spans(rest) if fresh else None
        if later is None or rest.has(v, wide.v) or not all(nonnegative(low - weight.index - 1) for low, _ in later):
            return None
        return constant * sigma_w**2 * E(squared_norm(rest))

    return everywhere(expression, E, change)


def rank_one(expression: Basic) -> Basic:
    """‖a bᵀ‖_F² = ‖a‖²‖b‖² for columns a and b."""

    def change(node: Basic) -> Basic | None:
        word = node.args[0]
        letters = word.args if isinstance(word, MatMul) and all(part.is_Matrix for part in word.args) else ()
        place = next((k for k in range(1, len(letters)) if letters[k - 1].shape[1] == 1), None)
        if place is None:
            return None
        return squared_norm(_word(letters[:place])) * squared_norm(Transpose(_word(letters[place:])))

    return everywhere(expression, squared_norm, change)


def _word(letters: tuple[MatrixExpr, ...]) -> MatrixExpr:
    return letters[0] if len(letters) == 1 else MatMul(*letters)


def independence(expression: Basic) -> Basic:
    """E[X Y] = E[X] E[Y] for squared norms X and Y of words of u, v and weights, all layers of X after those of Y."""

    def change(node: Basic) -> Basic | None:
        factors: tuple[Expr, ...] = node.args[0].args if isinstance(node.args[0], Mul) else ()
        if len(factors) != 2 or not all(isinstance(factor, squared_norm) for factor in factors):
            return None
        one, other = factors
        first, second = spans(one.args[0]), spans(other.args[0])
        if first is None or second is None or not (_after(first, second) or _after(second, first)):
            return None
        return E(one) * E(other)

    return everywhere(expression, E, change)


def _after(later: tuple[Span, ...], earlier: tuple[Span, ...]) -> bool:
    return all(nonnegative(low - high - 1) for low, _ in later for _, high in earlier)


def spans(word: Basic) -> tuple[Span, ...] | None:
    """The layers of the weights in a word of weights, u and v alone; None where another letter is in it."""
    match word:
        case MatrixSymbol():
            return () if word in (u, v, wide.u, wide.v) else None
        case Layer():
            return ((word.index, word.index),) if word in (W(word.index), wide.W(word.index)) else None
        case OrderedProduct():
            letters = (W(word.index), wide.W(word.index))
            plain = word.factor in (*letters, *map(Transpose, letters))
            return ((word.low, word.high),) if plain else None
        case MatMul() | MatAdd() | Transpose():
            inner = [spans(part) for part in word.args if not is_constant(part)]
            return None if None in inner else tuple(span for found in inner for span in found or ())
    return None


def linearity(expression: Basic) -> Basic:
    """E Σ X_l = Σ E X_l for finitely many X_l >= 0."""

    def change(node: Basic) -> Basic | None:
        total = node.args[0]
        lawful = isinstance(total, Sum) and len(total.limits) == 1 and total.function.is_extended_nonnegative
        finite = lawful and all(is_constant(end) and end.is_finite for end in total.limits[0][1:])
        return Sum(E(total.function), *total.limits) if finite else None

    return everywhere(expression, E, change)


def is_termwise(step: Step, context: Context) -> bool:
    """Σ X_l = Σ Y_l over l = 1 ... L from X_l = Y_l, which was proved for a layer l of which nothing else is said.

    What speaks of layers beyond the last, as delta_l = W_{l+1}ᵀ delta_{l+1} does, was proved for some l alone.
    """
    left, right = step.left, step.right
    if not (isinstance(left, Sum) and isinstance(right, Sum) and left.limits == right.limits):
        return False
    (index, low, high), *more = left.limits
    every = not more and (index, low, high) == (l, 1, L) and l not in {each.symbol for each in context.parameters}
    every = every and all(nonnegative(L - x.index) for x in (left.function + right.function).atoms(Layer) if x.has(l))
    facts = (fact for fact in step.given if fact.op == "=" and fact.left == left.function)
    return step.op == "=" and every and any(same(fact.right, right.function) for fact in facts)
