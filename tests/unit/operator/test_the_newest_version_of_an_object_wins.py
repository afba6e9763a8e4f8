from chartspark_operator.cluster.store import LastSeen, Store
from operator_builders import child


def store(*versions: tuple[str, int]) -> Store:
    result = Store()
    for uid, version in versions:
        result.put("owner", child(uid=uid, resource_version=str(version)))
    return result


def uids(result: Store) -> set[str]:
    return {item.uid for item in result}


def test_a_late_event_does_not_bring_back_what_we_wrote_over() -> None:
    jobs = store(("a", 9))
    assert not jobs.put("owner", child(uid="a", resource_version="8"))
    assert jobs.put("owner", child(uid="a", resource_version="10", deleting=True)), (
        "9 < 10, though not as text"
    )
    assert [job.deleting for job in jobs.of("owner")] == [True]


def test_a_list_removes_what_it_lacks_but_not_what_is_newer_than_the_list() -> None:
    jobs = store(("gone", 3), ("kept", 4), ("written meanwhile", 12))
    changed = jobs.replace([("owner", child(uid="kept", resource_version="4"))], 10)
    assert uids(jobs) == {"kept", "written meanwhile"}
    assert changed == {"owner"}


def test_a_list_without_news_changes_nothing() -> None:
    jobs = store(("kept", 4))
    assert jobs.replace([("owner", child(uid="kept", resource_version="4"))], 10) == set()


def test_what_is_dropped_leaves_no_empty_group() -> None:
    jobs = store(("a", 1))
    assert jobs.drop("a") == "owner"
    assert jobs.drop("a") is None
    assert jobs.groups() == []


def test_what_is_gone_is_remembered_as_it_was_last_seen_until_it_is_forgotten() -> None:
    pods: LastSeen = LastSeen()
    pods.put("owner", child(uid="a", resource_version="1"))
    pods.put("owner", child(uid="a", resource_version="2", failure="evicted"))
    pods.put("other", child(uid="b", resource_version="3"))
    pods.drop("a")
    pods.replace([], 9)
    assert uids(pods) == set()
    assert [(one.uid, one.failure) for one in pods.departed("owner")] == [("a", "evicted")]
    pods.forget_all_but(lambda group: group == "owner")
    assert (len(pods.departed("owner")), pods.departed("other")) == (1, [])
    pods.forget("owner")
    assert pods.departed("owner") == []
