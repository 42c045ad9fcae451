"""The trained digits network: what is stored, and the same findings from a fit made now by the script."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from numerics.trained import verify_weights
from numerics.weights import WeightFile, read

DATA = Path(__file__).parents[1] / "data"
STORED = DATA / "digits_tanh_10x64.npz"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_digits", DATA / "train_digits.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def refitted_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    path = tmp_path_factory.mktemp("digits") / "refitted.npz"
    train_digits = script()
    np.savez(path, **train_digits.tensors(train_digits.train()))
    return path


@pytest.fixture(scope="module")
def refitted(refitted_path: Path) -> WeightFile:
    return read(refitted_path)


def accuracy(file: WeightFile) -> float:
    """The share of training digits that the layers classify, tanh between them; softmax keeps the largest."""
    states, digits = script().load_digits()
    for weight, bias in file.layers[:-1]:
        states = np.tanh(states @ weight.T + bias)
    weight, bias = file.layers[-1]
    return float(np.mean((states @ weight.T + bias).argmax(axis=1) == digits))


def log_norms(file: WeightFile) -> np.ndarray:
    """log ‖W_l‖, one a layer."""
    return np.log([np.linalg.norm(weight, 2) for weight, _ in file.layers])


def test_the_stored_network_knows_its_training_digits() -> None:
    pytest.importorskip("sklearn")
    assert accuracy(read(STORED)) > 0.98


def test_the_stored_norms_exceed_one_in_every_layer() -> None:
    # ‖W_l‖ > 1 is necessary for an explosion, not sufficient: this network trained.
    assert (log_norms(read(STORED)) > 0).all()


def test_a_fit_made_now_gives_the_same_findings(refitted: WeightFile) -> None:
    stored = read(STORED)
    assert accuracy(refitted) > 0.98
    assert refitted.names == stored.names and refitted.layout_note == stored.layout_note
    assert [weight.shape for weight, _ in refitted.layers] == [weight.shape for weight, _ in stored.layers]
    np.testing.assert_array_equal(np.sign(log_norms(refitted)), np.sign(log_norms(stored)))


@pytest.mark.slow
def test_a_fit_made_now_gets_the_same_verdicts(refitted_path: Path) -> None:
    def findings(path: Path) -> tuple[set[tuple[str, int, str, str]], set[tuple[str, str]]]:
        verdicts, unjudged, _ = verify_weights(path)
        told = {(v.theorem, v.statement, v.point["layers"], v.outcome) for v in verdicts}
        return told, {(u.theorem, u.point["layers"]) for u in unjudged}

    assert findings(refitted_path) == findings(STORED)
