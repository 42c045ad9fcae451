"""The rules of inequalities: of probabilities, of norms, of the least singular value and of the radius."""

from __future__ import annotations

from theory.proofs import bounds, chernoff, residual
from theory.proofs.rule import Rule, axiom

markov = axiom("markov", "Markov's inequality for the square", "<=", bounds.markov)
markov_of_order = axiom("markov_of_order", "Markov's inequality for the p-th power", "<=", chernoff.markov_of_order)
best_order = Rule("best_order", "axiom", "a bound for every p > 0 is one for the best p", chernoff.is_best_order)
frobenius_bound = axiom("frobenius_bound", "‖M‖ <= ‖M‖_F; Golub & Van Loan 2.3", "<=", bounds.frobenius_bound)
submultiplicativity = axiom("submultiplicativity", "Golub & Van Loan 2.3", "<=", bounds.submultiplicativity)
smallest_product = axiom(
    "smallest_product", "min over unit u of ‖ABu‖; Horn & Johnson 7.3", ">=", bounds.smallest_product
)
smallest_below_norm = axiom("smallest_below_norm", "minimum below maximum", "<=", bounds.smallest_below_norm)
slope_bound = axiom("slope_bound", "‖D_l‖ = max|phi'(z_i)| <= sup|phi'|", "<=", bounds.slope_bound)
radius_below_norm = axiom("radius_below_norm", "Horn & Johnson 5.6.9", "<=", bounds.radius_below_norm)
schur_bound = axiom("schur_bound", "Schur form; Henrici 1962; Golub & Van Loan 7.3.2", "<=", bounds.schur_bound)
markov_of_mean = axiom("markov_of_mean", "Markov's inequality", "<=", residual.markov_of_mean)
exponential_bound = axiom("exponential_bound", "1 + y <= e^y; Hardy & al. 2.9", "<=", residual.exponential_bound)
