"""The closing line of `make test` is what people and machines believe."""

from chartspark_dev.tiers import Outcome, Tier, read_outcome, report

JUNIT = '<testsuites><testsuite tests="{}" errors="{}" failures="{}" skipped="{}"/></testsuites>'


def test_passed_is_what_neither_failed_nor_was_skipped() -> None:
    outcome = read_outcome(Tier.UNIT, JUNIT.format(10, 1, 2, 3), 1, 4.0)
    assert outcome == Outcome(Tier.UNIT, passed=4, failed=3, skipped=3, seconds=4.0)


def test_a_run_that_ends_badly_without_a_failed_test_is_a_failure() -> None:
    assert read_outcome(Tier.UNIT, JUNIT.format(0, 0, 0, 0), 5, 1.0).failed == 1


def test_the_last_line_adds_up_all_tiers() -> None:
    text = report([Outcome(Tier.UNIT, 2, 0, 1, 3.0), Outcome(Tier.E2E, 5, 1, 0, 60.0)])
    assert text.splitlines()[-1] == "7 passed, 1 failed, 1 skipped"
