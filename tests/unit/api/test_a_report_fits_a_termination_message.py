"""Kubernetes cuts a termination message at 4,096 bytes; half a JSON document tells nothing."""

from chartspark_api.reasons import Reason
from chartspark_api.report import MAX_MESSAGE_BYTES, RunReport
from chartspark_api.status import BestResult, FailedChart
from hypothesis import given
from hypothesis import strategies as st


def report(best: int, failed: int, message: str) -> RunReport:
    return RunReport(
        reason=Reason.COMPLETE_WITH_FAILURES,
        message="Some charts could not be made.",
        charts_total=best + failed,
        charts_done=best,
        charts_failed=failed,
        best=tuple(
            BestResult(chart=f"chart-{i}", file=f"chart-{i}/chart.png", score_percent=97, seed=i)
            for i in range(best)
        ),
        failed_charts=tuple(
            FailedChart(name=f"bad-{i}", reason=Reason.INVALID_DATA, message=message) for i in range(failed)
        ),
    )


@given(st.integers(0, 100), st.integers(0, 30), st.text(max_size=1024))
def test_it_is_short_enough_and_its_counts_stay_true(best: int, failed: int, message: str) -> None:
    text = report(best, failed, message).fit()
    assert len(text.encode()) <= MAX_MESSAGE_BYTES
    read = RunReport.model_validate_json(text)
    assert (read.charts_done, read.charts_failed) == (best, failed)


def test_a_short_report_loses_nothing() -> None:
    whole = report(3, 1, "The table has no column `x`.")
    assert RunReport.model_validate_json(whole.fit()) == whole
