"""Two hundred jobs through two minutes of faults. `make chaos` does the same for longer."""

from chaos import run


def test_nothing_is_lost_doubled_or_stuck_and_every_kind_of_fault_is_met() -> None:
    outcome = run(minutes=2, seed=7)
    assert (outcome.lost, outcome.doubled, outcome.stuck) == ([], [], [])
    assert [kind for kind, times in outcome.faults.items() if not times] == []
    assert (outcome.jobs, outcome.ended) == (200, 200)
