"""Real weights: a trained tanh network judged layer by layer, and the same findings from a network trained now."""

from pathlib import Path

import numpy as np
import pytest

from numerics.trained import verify_weights

STORED = Path(__file__).parents[1] / "data" / "digits_tanh_10x64.npz"
SLUGS = {"chain_rule", "norm_bounds", "vanishing_by_norm", "balanced_gradients", "weight_elasticity"}


def test_the_stored_network_is_consistent_in_every_layer() -> None:
    verdicts, unjudged, file = verify_weights(STORED)
    assert {v.outcome for v in verdicts} == {"consistent"} and {v.theorem for v in verdicts} == SLUGS
    assert {(u.theorem, u.point["layers"]) for u in unjudged} == {("norm_bounds", "1-11")}  # 10 of 64 outputs
    assert len(file.layers) == 11 and {v.ensemble for v in verdicts} == {None}
    for slug in SLUGS - {"balanced_gradients", "weight_elasticity"}:
        depths = {v.point["layers"] for v in verdicts if v.theorem == slug}
        assert depths == {"1", *(f"1-{depth}" for depth in range(2, 12))}
    for slug in ("balanced_gradients", "weight_elasticity"):
        assert {v.system for v in verdicts if v.theorem == slug} == {"depth(linear)"}


def test_chain_rule_is_exact_to_rounding_and_real_differences_are_a_second_road() -> None:
    verdicts, _, _ = verify_weights(STORED, ["chain_rule"])
    exact = [v for v in verdicts if v.note != "by real differences"]
    differences = [v for v in verdicts if v.note == "by real differences"]
    assert len(differences) == 11 and max(v.error for v in exact) < 1e-9
    assert all(v.measured <= v.error <= 1e-6 for v in differences)


@pytest.mark.parametrize("fault", ["swapped", "sign"])
def test_a_wrong_network_is_refuted(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backward pass through the wrong factors: what the chain says is no longer the network's derivative."""
    from numerics.network import Network

    true = Network.slopes

    def wrong(network, states):
        slopes = list(true(network, states))
        if fault == "swapped" and len(slopes) > 2:
            slopes[0], slopes[1] = slopes[1], slopes[0]
        if fault == "sign" and slopes[0] is not None:
            slopes[0] = slopes[0] * np.where(np.arange(slopes[0].shape[1]) == 3, -1, 1)
        return tuple(slopes)

    monkeypatch.setattr(Network, "slopes", wrong)
    verdicts, _, _ = verify_weights(STORED, ["chain_rule"])
    assert {v.outcome for v in verdicts if v.point["layers"] == "1-5"} == {"refuted"}


def test_a_random_theorem_says_what_a_file_cannot_satisfy() -> None:
    with pytest.raises(ValueError, match=r"theorem log_gain: a file cannot satisfy GAUSSIAN; with weights pass one of"):
        verify_weights(STORED, ["log_gain"])


def test_a_gap_between_layers_splits_the_network(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    tensors = {f"layer{k}.weight": rng.normal(size=(5, 5)) for k in (1, 2, 3, 4)}
    tensors["layer3.weight"][0, 0] = np.nan
    path = tmp_path / "gap.npz"
    np.savez(path, **tensors)
    verdicts, unjudged, file = verify_weights(path)
    assert not unjudged and len(file.findings) == 1 and {v.outcome for v in verdicts} == {"consistent"}
    assert {v.point["layers"] for v in verdicts} == {"1", "1-2", "4"}


def test_weights_beyond_float64_are_underpowered_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "huge.npz"
    np.savez(path, **{f"layer{k}.weight": np.full((3, 3), 1e300) for k in (1, 2)})
    verdicts, _, _ = verify_weights(path)
    beyond = [v for v in verdicts if v.outcome == "underpowered"]
    assert any("beyond float64" in v.note for v in beyond) and not any(v.outcome == "refuted" for v in verdicts)


def test_layers_of_zeros_break_nothing(tmp_path: Path) -> None:
    path = tmp_path / "zero.npz"
    np.savez(path, **{f"layer{k}.weight": np.zeros((3, 3)) for k in (1, 2)})
    verdicts, unjudged, _ = verify_weights(path)
    assert unjudged and not any(v.outcome == "refuted" for v in verdicts)
