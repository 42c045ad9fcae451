"""Small proofs to plant: a theorem whose statement is the last move's own claim, so that only the proof is judged."""

from collections.abc import Callable, Iterable

import pytest

from theory import LINEAR
from theory.assumptions import Assumption
from theory.proofs.facts import Fact
from theory.references import BAI_YIN_1988, BAI_YIN_WIGNER_1988, GIL_PELAEZ_1951
from theory.relations import AtMost, Identity
from theory.statement import Move, Parameter, Statement, Theorem
from theory.systems import DEPTH, System

Gaps = Callable[..., tuple[str, ...]]
DEEP_LINEAR = DEPTH(LINEAR)


@pytest.fixture
def gaps_of() -> Gaps:
    """The gaps of a proof of its last move's claim (or of ``goal``): () where the claim is accepted."""

    def gaps(
        *moves: Move,
        system: System | tuple[System, ...] = DEEP_LINEAR,
        assumes: Iterable[Assumption] = (),
        given: tuple[Fact, ...] = (),
        goal: Fact | None = None,
        parameters: tuple[Parameter, ...] = (),
        references: tuple[str, ...] = (BAI_YIN_1988, BAI_YIN_WIGNER_1988, GIL_PELAEZ_1951),
    ) -> tuple[str, ...]:
        claim = goal or moves[-1].fact
        relation = AtMost() if claim.op == "<=" else Identity()
        return Theorem(
            name="planted",
            title="",
            systems=system if isinstance(system, tuple) else (system,),
            statements=(Statement(claim.left, relation, claim.right, given=given),),
            parameters=parameters,
            assumes=frozenset(assumes),
            proof=moves,
            references=references,
        ).gaps()

    return gaps
