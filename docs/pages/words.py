"""The words of the site, each said once: outcomes, ways of being held, systems, relations."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Pow, Symbol, sympify

from gradproof_docs.pages.prose import listed
from gradproof_docs.pages.tex import inline
from theory.observables import Observable, named
from theory.printing import latex, text
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Relation, Tail
from theory.statement import Parameter, Statement, Theorem
from theory.systems import System

HELD = {
    "computed": "checked by computation",
    "certified": "certified by ball arithmetic: the enclosures of both sides prove it",
    "kernel": "checked by a proof kernel",
    "axiom": "a named rule with its source, matched on the step's own sides: believed, not proved here",
    "cited": "a theorem of the literature: believed",
    "sampled": "agreed at 30 and 60 digits at several points: evidence, not proof",
    "gap": "does not follow",
}
THEOREM_HELD = {
    "computed": "Each step of its proof was checked by computation",
    "certified": "Each step of its proof was computed or certified",
    "kernel": "Its proof was checked by a proof kernel at its weakest step",
    "axiom": "Its proof rests at its weakest step on a named rule with its source",
    "cited": "Its proof rests at its weakest step on a theorem of the literature",
    "sampled": "Its proof has a step that is only sampled: it is not proved",
    "gap": "Its proof has a gap",
}
JUDGED = {
    Identity: "any draw in which both sides differ by more than rounding refutes it",
    AtMost: "one violation beyond rounding refutes it",
    Mean: "Catoni's estimate of the mean, valid at every number of draws",
    InLaw: "the Kolmogorov distance, by the inequality of Dvoretzky, Kiefer and Wolfowitz",
    Limit: "medians at growing sizes, extrapolated by two fits whose difference bounds nothing, or a proved remainder",
    Tail: "an exact binomial bound on how often it is exceeded",
}
BY_SIZES = (
    "medians at growing sizes, extrapolated by two fits. The medians have the false-alarm rate above; the difference "
    "of the two fits, added to the error, is an estimate and no bound"
)
BY_REMAINDER = "no draw may lie beyond its proved remainder"
RELATIONS = {
    Identity: "an identity",
    AtMost: "a bound",
    Mean: "a mean",
    InLaw: "a law",
    Limit: "a limit",
    Tail: "a tail bound",
}
WIDTHS = " of any widths"  # n_0, ..., n_L
OBSERVABLES = {
    "product_of_norms": "product of the norms of its factors",
    "product_of_smallest": "product of the smallest singular values of its factors",
    "network_derivative": "derivative of the network itself",
    "factor_product": "product of its factors",
    "weight_derivative": "derivative by a weight",
    "error_signal_product": "product with the error signal",
    "tied_derivative": "derivative by the one weight matrix",
    "unrolled_sum": "sum over the unrolled steps",
    "tied_loss_derivative": "derivative of the losses of all steps by the one weight matrix",
    "backpropagated_sum": "double sum of backpropagation through time",
    "next_gradient_pulled": "weight gradient of the next layer, pulled back,",
    "gradient_pushed": "weight gradient of the layer, pushed forward",
    "lyapunov_exponent": "k-th Lyapunov exponent of depth L",
    "squared_weight_gradient": "squared norm of the gradient by the weights of a layer",
    "squared_error_signal": "squared norm of the error signal at a layer",
    "gauss_newton_curvature": "Gauss-Newton curvature of one sample",
    "trace_of_square": "trace of the square of JJᵀ",
    "square_of_trace": "square of the trace of JJᵀ",
    "norm_excess": "mean log norm of the weights, less the rate of the gradient,",
    "normalized_gain": "squared gain, divided by ‖W_l‖_F²/n of each layer,",
    "normalized_radius": "spectral radius, divided by ‖W‖_F/√n,",
    "root_norm": "T-th root of the norm of the T-th power",
    "largest_of_power": "largest singular value of the T-th power",
    "smallest_of_power": "smallest singular value of the T-th power",
    "largest_power": "largest norm of all powers of the matrix",
    "kreiss_constant": "Kreiss constant of the matrix",
    "kreiss_bound": "Kreiss constant of the matrix, times e n,",
    "trace_moment": "mean of the k-th power of the squared singular values",
    "share_below": "share of the squared singular values below a level",
    "weight_norm": "norm of the one weight matrix",
    "long_lags": "norm of the part of the gradient from lags of k steps and more",
    "long_lags_bound": "geometric sum of γ‖W‖ from lag k on, times the largest state",
    "tied_curvature": "curvature of one sample by the one weight matrix",
    "sum_of_curvatures": "sum of the curvatures by each step's weights alone, times the number of steps",
    "squared_state": "squared state after T steps",
    "squared_sensitivity": "squared derivative of the state by the weight",
    "norm_by_scale": "derivative of the norm of the Jacobian by a scale of the one weight matrix",
    "norm_along_vectors": "operator norm",
    "norm_times_steps": "norm of the Jacobian, times the number of steps",
    "norm_by_layer_scale": "derivative of the norm of the Jacobian by a scale of one layer's weights",
}


def judged_by(relation: Relation) -> str:
    """How a statement with this relation is judged."""
    if isinstance(relation, Limit):
        return BY_REMAINDER if relation.remainder else BY_SIZES
    return JUDGED[type(relation)]


def system(of: System) -> str:
    """Where a statement is made, in words.

    >>> from theory.activations import LINEAR
    >>> from theory.systems import ANY, DEPTH
    >>> system(DEPTH(LINEAR)), system(DEPTH(ANY))
    ('in a deep linear network', 'in a deep network of any activation')
    """
    kind = {"depth": "deep", "time": "recurrent"}.get(of.kind)
    if kind is None:
        return {
            "matrix": "for one matrix",
            "residual": "in a network of residual layers",
            "memory": "for one number that is kept from step to step",
            "jordan": "of the powers of a 2 x 2 Jordan block",
        }.get(of.kind, f"in {of!r}")
    return f"in a {kind} {of.activation.name} network" if of.activation else f"in a {kind} network of any activation"


def observable(of: Observable) -> str:
    """What is measured, in words."""
    return OBSERVABLES.get(of.name, of.name.replace("_", " "))


def sentence(theorem: Theorem, statement: Statement) -> str:
    """What a statement says before its formula, in plain text: where, in which sense, of what.

    >>> from theory import theorem
    >>> sentence(theorem("mean_square_gain"), theorem("mean_square_gain").statements[0])
    'In a deep linear network, on average over the weights, the squared gain is'
    >>> sentence(theorem("product_edge"), theorem("product_edge").statements[0])
    'In a deep linear network, as n grows, the operator norm to the power 1/L tends to'
    """
    spoken = (statement.system,) if statement.system else theorem.systems
    widths = WIDTHS if statement.widths and any(each.kind == "depth" for each in spoken) else ""
    told = (
        f"{listed(map(system, spoken), 'or')}{widths}, {_sense(statement.relation, spoken)}{_left(theorem, statement)}"
    )
    return f"{told[:1].upper()}{told[1:]} {_right(statement)}"


def _sense(relation: Relation, spoken: Sequence[System]) -> str:
    match relation:
        case Identity() | AtMost():
            return "in every draw, the "
        case Mean():
            return f"on average over the {'weights' if any(each.has_weights for each in spoken) else 'inputs'}, the "
        case InLaw(variable=Symbol() as variable):
            return f"as {variable} grows, the distribution of the "
        case Limit(variable=variable):
            grows = f"{variable} grows" if variable.is_Symbol else "all widths grow at fixed ratios"
            return f"as {grows}, the "
        case Tail():
            return "the probability of a large "
        case _:
            return "the distribution of the "


def _left(theorem: Theorem, statement: Statement) -> str:
    if isinstance(statement.left, Observable):
        return observable(statement.left)
    if isinstance(statement.left, Pow) and statement.left.base in named():
        power = text(statement.left.exp).replace("**", "^").replace("*", "·")
        return f"{observable(named()[statement.left.base])} to the power {power}"
    for symbol, found in named().items():
        means = [other.right for other in theorem.statements if other.left == found and other is not statement]
        if any(statement.left == (symbol - mean) ** 2 for mean in means):
            return f"squared deviation of the {observable(found)} from its mean"
    inside = [observable(found) for symbol, found in named().items() if symbol in statement.left.free_symbols]
    return f"rescaled {listed(inside)}"


def _right(statement: Statement) -> str:
    verb = {AtMost: "is at most", Limit: "tends to", Tail: "is at most"}.get(type(statement.relation), "is")
    if isinstance(statement.left, Observable) and statement.left.name == "singular_values":
        verb = {"is": "are"}.get(verb, verb)
    return f"{verb} the {observable(statement.right)}" if isinstance(statement.right, Observable) else verb


def domain(parameter: Parameter) -> str:
    """A parameter with its domain, as inline mathematics or in words.

    >>> from theory import theorem
    >>> [domain(each) for each in theorem("gain_law").parameters][:2]
    ['$\\\\sigma_{w} \\\\gt 0$', 'whole $L \\\\ge 1$']
    """
    name, low, high = (latex(each) for each in (parameter.symbol, sympify(parameter.low), sympify(parameter.high)))
    unbounded = high == r"\infty"
    if parameter.symbol.is_integer:
        return "whole " + inline(rf"{name} \ge {low}" if unbounded else rf"{low} \le {name} \le {high}")
    less, more = (r"\le", r"\ge") if parameter.closed else (r"\lt", r"\gt")
    if unbounded:
        return inline(rf"{name} {more} {low}")
    return inline(rf"{low} {less} {name} {less} {high}")


def where(theorem: Theorem) -> str:
    """For which values of its parameters a theorem is stated; empty for a theorem without parameters."""
    return f"For every {listed(map(domain, theorem.parameters))}." if theorem.parameters else ""
