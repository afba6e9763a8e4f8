"""Children's names are derived, so that a repeated create is seen; they must fit Kubernetes' limits."""

import re

from chartspark_api.names import attempt_name, request_name, result_folder
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.from_regex(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", fullmatch=True)
UIDS = st.uuids().map(str)
DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
LABELS = st.lists(
    st.from_regex(r"[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?", fullmatch=True), min_size=1, max_size=10
)
POD_SUFFIX = len("-64-abcde")


@given(NAMES, UIDS, st.integers(1, 20))
def test_a_pod_of_an_attempt_has_a_host_name_of_at_most_63_characters(
    name: str, uid: str, attempt: int
) -> None:
    assert len(attempt_name(name, uid, attempt)) + POD_SUFFIX <= 63


@given(LABELS, UIDS)
def test_a_childs_name_is_a_dns_label_if_its_owners_is_a_subdomain(labels: list[str], uid: str) -> None:
    # The pods of an Indexed Job take its name for their host names.
    assert DNS_LABEL.fullmatch(attempt_name(".".join(labels), uid, 1))


@given(st.from_regex(r"[a-z0-9]{1,63}", fullmatch=True), NAMES, UIDS)
def test_a_result_folder_is_a_name_that_file_systems_take(namespace: str, name: str, uid: str) -> None:
    assert len(result_folder(namespace, name, uid).encode()) <= 255


@given(NAMES, UIDS, UIDS, st.integers(1, 20))
def test_two_objects_of_one_name_never_share_a_child(name: str, uid: str, other: str, attempt: int) -> None:
    if uid[:8] != other[:8]:
        assert attempt_name(name, uid, attempt) != attempt_name(name, other, attempt)
        assert request_name(name, uid) != request_name(name, other)


def test_the_result_folder_tells_namespace_name_and_uid() -> None:
    assert result_folder("team-a", "rain", "0123456789-abc") == "team-a-rain-01234567"
