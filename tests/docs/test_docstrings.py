"""Docstrings and signatures as autodoc is given them: docutils must read what was typed, and nothing as markup."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import numerics
import theory

docutils = pytest.importorskip("docutils", reason="the extra docs")

from docutils import nodes  # noqa: E402
from docutils.core import publish_doctree  # noqa: E402

from gradproof_docs.docstrings import safe  # noqa: E402
from gradproof_docs.signatures import typed  # noqa: E402


def read(text: str) -> nodes.document:
    """What docutils understands; the least complaint of it is an error here."""
    settings = {"report_level": 1, "halt_level": 1, "warning_stream": ""}
    tree = publish_doctree("\n".join(safe(text.splitlines())), settings_overrides=settings)
    assert isinstance(tree, nodes.document)
    return tree


def paragraphs(text: str) -> list[str]:
    return [paragraph.astext() for paragraph in read(text).findall(nodes.paragraph)]


@pytest.mark.parametrize(
    "line",
    [
        "The product J = D_L W_L ... D_1 W_1, weights (W,) * T.",
        "At most |a*b| <= ‖W‖_F, and W_ ends in an underscore_ as foo__ does.",
        "Wraps a backslash \\nu, a footnote [1]_, a target _x: and ::",
        "-inf where the product is 0.",
        "- no list",
        "1. no list either",
        "(a) nor this",
        "* or this",
        ".. no comment",
        ":no: field",
        "=====",
        "a ** b ** c, 2*x*y, *args and **kwargs",
        "An odd ` backtick",
    ],
)
def test_a_line_reads_as_it_was_typed(line: str) -> None:
    assert paragraphs(line) == [line]


def test_literals_and_emphasis_stay() -> None:
    tree = read("Run `gradproof list`, pass ``n_out``, and *never* both.")
    assert [found.astext() for found in tree.findall(nodes.literal)] == ["gradproof list", "n_out"]
    assert [found.astext() for found in tree.findall(nodes.emphasis)] == ["never"]


def test_labels_and_names_begin_paragraphs() -> None:
    text = "What it is,\nin two lines.\nShapes: (draws, n).\nRaises ValueError where n = 0.\n"
    assert paragraphs(text + "size, error: of terms.\nAnd on.") == [
        "What it is, in two lines.",
        "Shapes: (draws, n).",
        "Raises ValueError where n = 0.",
        "size, error: of terms. And on.",
    ]


def test_a_doctest_is_left_alone() -> None:
    (block,) = read("Text.\n\n>>> a_ * b_\n'|x|'\n>>> 2\n2").findall(nodes.doctest_block)
    assert block.astext() == ">>> a_ * b_\n'|x|'\n>>> 2\n2"


def test_an_indented_formula_is_a_block() -> None:
    (block,) = read("Within\n\n    u = (1 - x_i)*2\n      + y\n\nof it.").findall(nodes.literal_block)
    assert block.astext() == "u = (1 - x_i)*2\n  + y"


def documented() -> Iterator[str]:
    """Every docstring of the two packages."""
    for package in (theory, numerics):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".commands" not in found.name:  # theirs are numpydoc, for the parser of the command line
                module = importlib.import_module(found.name)
                members = [each for _, each in inspect.getmembers(module) if inspect.getmodule(each) is module]
                inner = [each for member in members if inspect.isclass(member) for each in vars(member).values()]
                yield from filter(None, map(inspect.getdoc, (module, *members, *inner)))


def test_every_docstring_is_read_without_a_complaint() -> None:
    found = set(documented())
    assert len(found) > 300
    for text in found:
        read(text)


def test_signature_as_typed() -> None:
    from numerics.chain import Chain
    from numerics.spectra import operator_norm

    assert typed("function", operator_norm) == ("(matrices: Matrices)", "Norms")
    assert typed("method", Chain.push) == ("(v: Vectors | Scaled)", "Scaled")
    assert typed("class", Chain) == (
        "(weights: tuple[Matrices, ...], slopes: tuple[Vectors | None, ...] | None = None)",
        "",
    )
    assert typed("data", 1) is None
