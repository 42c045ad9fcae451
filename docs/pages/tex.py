"""TeX that may stand on a page: known macros of plain and AMS mathematics; everything else is shown, never run."""

from __future__ import annotations

import re

from gradproof_docs.pages.markup import visible

# No macro that loads code, defines macros, sets attributes or links, numbers equations, or aligns columns.
MACROS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
frac tfrac dfrac binom sqrt left right middle big Big bigl bigr Bigl Bigr bigg Bigg lVert rVert lvert rvert Vert
vert langle rangle lceil rceil lfloor rfloor sum prod int iint oint lim limsup liminf max min sup inf det dim ker
gcd Pr log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg hom bmod pmod mod
operatorname mathbb mathbf mathcal mathrm mathsf mathit mathfrak mathscr mathtt boldsymbol text textrm textit
le leq ge geq ne neq lt gt ll gg sim simeq approx equiv cong propto asymp prec succ in notin ni subset subseteq
supset cup cap setminus emptyset to gets mapsto rightarrow leftarrow Rightarrow Leftarrow leftrightarrow
Leftrightarrow implies iff uparrow downarrow cdot cdots ldots dots vdots ddots times div pm mp ast star circ
bullet oplus ominus otimes odot wedge vee neg forall exists partial nabla infty prime top bot perp mid parallel
hbar ell Re Im aleph angle dagger hat widehat tilde widetilde bar overline underline vec dot ddot acute grave
check breve overset underset stackrel substack underbrace overbrace limits nolimits displaystyle textstyle
scriptstyle quad qquad mathopen mathclose mathrel mathbin mathord mathop cr square lbrace rbrace backslash
"""
ALLOWED = frozenset(MACROS.split())
SIGNS = frozenset(",;:!{}_")  # of the control symbols: spaces, braces, an underscore
ENVIRONMENTS = frozenset({"cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix"})
TOKEN = re.compile(r"\\(?:begin|end)\s*\{(?P<env>[^{}]*)\}|\\(?P<word>[A-Za-z]+)|\\(?P<sign>.?)|(?P<bare>[^\\])")
# Of the signs without a backslash: those that would start a comment, a parameter, or MyST of their own.
BARE = {"%": r"\%", "#": r"\#", "$": r"\$", "`": "'", "|": r"\vert ", "~": r"\,"}


def safe(tex: str) -> str:
    r"""The formula on one line with nothing but known macros; others are shown by their name, braces are balanced.

    >>> print(safe(r"\frac{a}{b}"), safe(r"\href{javascript:f()}{x}"))
    \frac{a}{b} \operatorname{href}{javascript:f()}{x}
    >>> print(safe(r"\begin{aligned} a \\ b"), safe("a}{"), safe("50% $x$"))
    \operatorname{begin aligned} a \cr  b a\}{} 50\% \$x\$
    """
    tokens = list(TOKEN.finditer(visible(tex)))
    columns = any(found["env"] in ENVIRONMENTS for found in tokens)
    return _balanced([_token(found, columns) for found in tokens]).strip()


def _token(found: re.Match[str], columns: bool) -> str:
    whole = found[0]
    if found["env"] is not None:
        return whole if found["env"] in ENVIRONMENTS else _shown(whole)
    if found["word"] is not None:
        return whole if found["word"] in ALLOWED else _shown(whole)
    if found["sign"] is not None:
        return _control(found["sign"])
    return r"\&" if whole == "&" and not columns else BARE.get(whole, whole)


def _control(sign: str) -> str:
    """A control symbol. A line break is written as \\cr: two backslashes would make Sphinx align the formula."""
    known = {"\\": r"\cr ", "|": r"\Vert ", " ": r"\,", "$": r"\$", "%": r"\%", "#": r"\#", "&": r"\&"}
    return known.get(sign, f"\\{sign}" if sign in SIGNS else BARE.get(sign, sign))


def _shown(macro: str) -> str:
    """The letters of a macro that is not run."""
    words = " ".join(re.findall(r"[A-Za-z]+", macro))
    return rf"\operatorname{{{words}}}"


def _balanced(tokens: list[str]) -> str:
    """A closing brace without an opening one is shown; what is left open is closed; \\left and \\right must pair."""
    if not _paired(tokens):
        tokens = [token for token in tokens if token not in (r"\left", r"\right", r"\middle")]
    written, depth = [], 0
    for token in tokens:
        depth += (token == "{") - (token == "}")
        written.append(token if depth >= 0 else r"\}")
        depth = max(depth, 0)
    return "".join(written) + "}" * depth


def _paired(tokens: list[str]) -> bool:
    """Whether each \\right follows its \\left."""
    depth = 0
    for token in tokens:
        depth += (token == r"\left") - (token == r"\right")
        if depth < 0:
            return False
    return depth == 0


def inline(tex: str) -> str:
    """The formula within a line of MyST; a dash where there is nothing.

    >>> print(inline("a | b"))
    $a \\vert  b$
    """
    return f"${safe(tex) or '-'}$"


def display(tex: str) -> str:
    """The formula on a line of its own, one plain relation that a browser may break.

    >>> print(display("a = b"))
    :::{math}
    <BLANKLINE>
    a = b
    :::
    """
    line = safe(tex) or "-"
    opened = "{}" if line.startswith((":", "---")) else ""  # a directive would read these as options
    return f":::{{math}}\n\n{opened}{line}\n:::"
