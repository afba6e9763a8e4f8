import random
from collections import Counter
from collections.abc import Callable

import pytest
from chartspark_api.exit_codes import ExitCode
from chartspark_api.job import ChartSparkJob
from faults import KINDS, OF_MACHINES, OF_PODS_AND_HANDS, Pack
from shapes import LAST_APPLIED, Shape, draw

SECONDS = 120.0


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it is to be repeated


def test_the_same_seed_draws_the_same_jobs() -> None:
    one, same, other = (draw(dice(seed), 200, ("a", "b"), SECONDS) for seed in (1, 1, 2))
    assert one == same
    assert one != other


@pytest.mark.parametrize("number", [40, 200])
def test_there_are_jobs_of_every_shape_and_each_can_be_applied(number: int) -> None:
    planned = draw(dice(1), number, ("a", "b"), SECONDS)
    assert len({one.name for one in planned}) == len(planned)
    assert number - 5 <= len(planned) <= number
    assert {one.shape for one in planned} == set(Shape)
    assert all(0 <= one.applied_at <= LAST_APPLIED * SECONDS for one in planned)
    for one in planned:
        asked = ChartSparkJob.model_validate(one.manifest)
        assert len(asked.spec.charts) == one.charts


def test_two_hundred_are_two_hundred() -> None:
    assert len(draw(dice(1), 200, ("a", "b"), SECONDS)) == 200


@pytest.mark.parametrize("kinds", [OF_MACHINES, OF_PODS_AND_HANDS])
def test_each_kind_of_fault_comes_before_one_comes_twice(kinds: dict[str, Callable]) -> None:
    pack = Pack(tuple(kinds), dice(1))
    drawn = Counter(pack.draw() for _ in kinds)
    assert drawn == Counter(dict.fromkeys(kinds, 1))


def test_what_hit_nothing_comes_again_after_the_others() -> None:
    pack = Pack(("a", "b", "c"), dice(1))
    missed = pack.draw()
    pack.put_back(missed)
    assert [pack.draw() for _ in range(3)][-1] == missed


def test_every_exit_code_of_the_contract_is_among_the_faults() -> None:
    codes = {f"exit-{code.name.lower().replace('_', '-')}" for code in ExitCode if code is not ExitCode.OK}
    assert codes <= set(KINDS)
