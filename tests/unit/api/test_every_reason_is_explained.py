"""One enum feeds conditions, events, metrics and documentation; none of them may meet a stranger."""

import pytest
from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason, Retry, explain


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_has_a_cause_and_a_remedy(reason: Reason) -> None:
    explanation = explain(reason)
    assert explanation.cause.endswith(".")
    assert explanation.remedy.endswith(".")


@pytest.mark.parametrize("code", ExitCode)
def test_an_exit_code_has_a_reason(code: ExitCode) -> None:
    assert code.reason in Reason


def test_the_codes_that_a_user_has_to_act_on_are_not_tried_again() -> None:
    final = {code for code in ExitCode if explain(code.reason).retry is Retry.NEVER}
    assert final == {ExitCode.OK, ExitCode.BAD_REQUEST, ExitCode.MISSING_INPUT, ExitCode.CANNOT_WRITE}
