"""The four rules of the house, read from the imports: one way, one thing a file, no names that shadow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"theory", "numerics", "tests", "docs"}
NO_CODE = {"build", "dist", "__pycache__"}  # what tools leave behind
FORBIDDEN = {
    "theory": {"numpy", "scipy", "numerics", "tests", "gradproof_docs", "docs"},
    "numerics": {"tests", "docs"},
    "docs": {"tests"},
}
GENERATOR = "gradproof_docs"
LOADER = "docs"  # the one function in numerics that may load the site's generator, for the command `gradproof docs`


def files(root: Path, package: str) -> Iterator[Path]:
    return (path for path in sorted((root / package).rglob("*.py")) if "__pycache__" not in path.parts)


def imported(node: ast.AST) -> list[str]:
    """Modules that an import statement, or a call of import_module with a constant, names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else ["." * node.level + (node.module or "")]
    called = node.func if isinstance(node, ast.Call) else None
    name = getattr(called, "attr", getattr(called, "id", ""))
    dynamic = name in ("import_module", "__import__") and isinstance(node, ast.Call) and node.args
    if dynamic and isinstance(node.args[0], ast.Constant):
        return [str(node.args[0].value)]
    return []


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module imported, innermost function around it, or "") of each import in a file."""

    def walk(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        for module in imported(node):
            yield module, function
        inside = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    return walk(ast.parse(path.read_text()), "")


def wrong_imports(root: Path) -> list[str]:
    found = []
    for package, forbidden in FORBIDDEN.items():
        for path in files(root, package):
            for module, function in imports(path):
                top = module.split(".")[0]
                loads = top == GENERATOR and package == "numerics" and function != LOADER
                if top in forbidden or loads or module.startswith("."):
                    found.append(f"{path.relative_to(root)} imports {module}")
    return found


def exported(path: Path) -> set[str]:
    """The names that a package's door hands out: the keys of its _ROOMS."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "_ROOMS" for target in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def shadowed(root: Path) -> list[str]:
    """Modules that bear a name which their package's door exports."""
    found = []
    for package in ("theory", "numerics"):
        door = root / package / "__init__.py"
        names = exported(door) if door.exists() else set()
        rooms = {path.stem if path.is_file() else path.name for path in (root / package).iterdir()}
        found += [f"{package}.{name}" for name in sorted(names & rooms)]
    return found


def definitions(path: Path) -> list[str]:
    """Functions, lambdas and classes in a file, and what it takes beyond data: rules are named, never made."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            found.append(f"{path.name} line {node.lineno}: defines a {type(node).__name__}")
        if isinstance(node, ast.ImportFrom) and node.module == "theory.proofs.rule":
            found.append(f"{path.name} line {node.lineno}: makes a rule of its own")
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Rule" for alias in node.names):
            found.append(f"{path.name} line {node.lineno}: makes a rule of its own")
    return found


def theorem_files(root: Path) -> list[Path]:
    """The files of the catalog's rooms; their doors are not theorems."""
    from theory.catalog import FOLDERS as rooms

    return [path for room in rooms for path in sorted((root / "theory" / room).glob("[!_]*.py"))]


def other_folders(root: Path) -> set[str]:
    """Folders at the top with code in them; a virtual environment is no code of ours."""
    folders = (path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    own = (path for path in folders if not (path / "pyvenv.cfg").exists() and not path.name.endswith(".egg-info"))
    return {path.name for path in own} - FOLDERS - NO_CODE


def test_imports_go_one_way():
    assert wrong_imports(ROOT) == []


def test_no_module_bears_an_exported_name():
    assert shadowed(ROOT) == []
    assert exported(ROOT / "theory" / "__init__.py") >= {"theorem", "jacobian", "LINEAR"}


def test_theorem_files_define_nothing():
    assert len(theorem_files(ROOT)) >= 13
    assert [line for path in theorem_files(ROOT) for line in definitions(path)] == []


def test_no_other_folders():
    assert other_folders(ROOT) == set()


def test_tests_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


PLANTED = [
    ("theory/a.py", "import numpy as np"),
    ("theory/a.py", "import scipy.linalg"),
    ("theory/depth/a.py", "from numerics.chain import Chain"),
    ("theory/a.py", "def f():\n    from numerics import verify"),
    ("theory/a.py", "import importlib\nimportlib.import_module('numpy')"),
    ("theory/a.py", "try:\n    import numpy\nexcept ImportError:\n    pass"),
    ("theory/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numerics"),
    ("theory/a.py", "from . import facts"),
    ("theory/a.py", "import gradproof_docs"),
    ("numerics/a.py", "import tests.conftest"),
    ("numerics/a.py", "import gradproof_docs"),
    ("numerics/a.py", "def verify():\n    import gradproof_docs.pages"),
    ("docs/a.py", "from tests import conftest"),
]


@pytest.fixture
def house(tmp_path):
    for folder in ("theory/depth", "numerics", "tests", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    for package in ("theory", "numerics"):
        (tmp_path / package / "__init__.py").write_text('_ROOMS = {"theorem": "catalog"}\n')
    (tmp_path / "theory/good.py").write_text("import sympy\nimport flint\nfrom theory.proofs.facts import Fact\n")
    (tmp_path / "numerics/good.py").write_text("import numpy\nfrom theory import theorem\n")
    (tmp_path / "numerics/command.py").write_text("def docs():\n    import gradproof_docs\n")
    return tmp_path


def test_a_right_house_passes(house):
    assert wrong_imports(house) == [] and shadowed(house) == [] and other_folders(house) == set()


@pytest.mark.parametrize("place, line", PLANTED)
def test_a_planted_import_is_caught(house, place, line):
    (house / place).write_text(line)
    assert len(wrong_imports(house)) == 1


@pytest.mark.parametrize("name", ["theory/theorem.py", "theory/theorem/a.py", "numerics/theorem.py"])
def test_a_planted_name_is_caught(house, name):
    (house / name).parent.mkdir(exist_ok=True)
    (house / name).write_text("")
    assert len(shadowed(house)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "def proof(): pass",
        "check = lambda step: True",
        "class Rule: pass",
        "from theory.rules import Rule",
        "from theory.proofs.rule import computed",
    ],
)
def test_a_planted_definition_is_caught(house, line):
    (house / "theory/depth/bad.py").write_text(line)
    assert any(definitions(path) for path in theorem_files(house))


def test_a_planted_folder_is_caught(house):
    (house / "utils").mkdir()
    assert other_folders(house) == {"utils"}
