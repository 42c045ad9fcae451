"""The alphabet of every statement, said once.

Conventions: an entry of W_l has mean 0 and variance sigma_w²/n_in, an entry of b_l variance sigma_b²;
sigma_w and sigma_b are **standard deviations**. z_l = W_l h_{l-1} + b_l, h_l = phi(z_l), D_l = diag phi'(z_l).
"""

from sympy import Symbol

n = Symbol("n", positive=True, integer=True)  # width of every layer
n_in = Symbol("n_in", positive=True, integer=True)  # columns of one weight matrix, what it takes
n_out = Symbol("n_out", positive=True, integer=True)  # rows of one weight matrix, what it gives
L = Symbol("L", positive=True, integer=True)  # depth: the number of factors D_l W_l
T = Symbol("T", positive=True, integer=True)  # time steps, each with the same W
l = Symbol("l", positive=True, integer=True)  # noqa: E741 - a layer, the field's letter
step = Symbol("t", positive=True, integer=True)  # a step of time, from 1
i = Symbol("i", positive=True, integer=True)  # a coordinate
j = Symbol("j", positive=True, integer=True)

k = Symbol("k", positive=True, integer=True)  # an index from 1: which singular value, exponent or moment

sigma_w = Symbol("sigma_w", positive=True)  # standard deviation: an entry of W has variance sigma_w**2/n_in
sigma_b = Symbol("sigma_b", nonnegative=True)  # standard deviation of a bias
x = Symbol("x", positive=True)  # argument of a distribution of a squared gain
eps = Symbol("eps", positive=True)  # a level
s = Symbol("s", nonnegative=True)  # largest operator norm of the weights
threshold = Symbol("s", positive=True)  # a threshold of a norm or radius: argument of its distribution
line = Symbol("x", real=True)  # argument of a distribution on the whole line
p = Symbol("p", positive=True)  # order of a moment
t = Symbol("t", positive=True)  # excess of a norm, in units of sigma_w
a = Symbol("a", positive=True)  # a scale, such as that of a residual branch
b = Symbol("b", nonnegative=True)  # an entry beside the diagonal
memory = Symbol("lambda", real=True)  # the weight of a scalar memory: how much of the state a step keeps
phi = Symbol("phi", positive=True)  # the angle along a parametric density
y = Symbol("y", positive=True)  # how far a circle lies outside the unit circle
u = Symbol("u", positive=True)  # a chi-square variable, under an integral
z = Symbol("z", positive=True)  # argument of an S-transform
xi = Symbol("xi", real=True)  # frequency: argument of a characteristic function of a logarithm

gamma = Symbol("gamma", positive=True)  # sup |phi'|, computed from the activation
kurtosis = Symbol("kurtosis", positive=True)  # E w⁴/(E w²)² of an entry, declared by the ensemble
gain_spread = Symbol("gain_spread", nonnegative=True)  # c with E‖Wv‖⁴ <= (1+c)(E‖Wv‖²)², declared by the ensemble
