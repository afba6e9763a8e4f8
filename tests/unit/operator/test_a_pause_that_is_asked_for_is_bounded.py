import pytest
from chartspark_operator.cluster.pause import LONGEST_PAUSE, asked_pause


@pytest.mark.parametrize(
    ("status", "retry_after", "seconds"),
    [
        (429, "1", 1),
        (503, "7", 7),
        (429, "86400", LONGEST_PAUSE),
        (429, "9" * 400, LONGEST_PAUSE),
        (429, None, 0),
        (429, "", 0),
        (429, "-5", 0),
        (429, "1.5", 0),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", 0),
        (200, "7", 0),
        (500, "7", 0),
    ],
)
def test_only_whole_seconds_of_a_busy_or_ill_server_count(
    status: int, retry_after: str | None, seconds: float
) -> None:
    assert asked_pause(status, retry_after) == seconds
