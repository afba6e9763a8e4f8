"""What the operator looks at without a watch, against an API server of plain data."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from chartspark_api.charts import ConfigMapKey
from chartspark_api.reasons import Reason
from chartspark_api.status import Attempt, ChartSparkJobStatus
from chartspark_operator.errors import ApiError, NotFoundError
from chartspark_operator.manifests.request import tables_digest
from chartspark_operator.observed import Observed, Request, Surroundings, TableSource
from chartspark_operator.survey import Surveyor
from operator_builders import NOON, OWNER, REQUEST, child, later

TABLE = "k,v\na,1\n"
SOURCE = TableSource("a", "sales", "a.csv")
CLAIM = {"spec": {"accessModes": ["ReadWriteMany"]}}
SALES = {"data": {"a.csv": TABLE}}
STORED = "demo-01234567"
ENDED = Attempt(
    number=1,
    job="demo-1",
    shards="0,1",
    reason=Reason.TRANSIENT,
    start_time="2026-11-21T12:00:00Z",
    end_time="2026-11-21T12:00:09Z",
)


@dataclass
class ApiServer:
    """Answers reads, and remembers them."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    read: list[str] = field(default_factory=list)

    async def get(self, path: str) -> dict[str, Any]:
        return self._answer(path, self.objects.get(path.rpartition("/")[2]))

    async def list_page(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        assert "involvedObject.uid=job-1" in query["fieldSelector"]
        return self._answer(path, {"items": self.events})

    def _answer(self, path: str, found: dict[str, Any] | None) -> dict[str, Any]:
        self.read.append(path.rpartition("/")[2])
        if self.status != 200:
            raise ApiError(self.status, "is forbidden")
        if found is None:
            raise NotFoundError(404, "not found")
        return found


def surveyed(api: ApiServer, observed: Observed, seconds: float = 0) -> Observed:
    return asyncio.run(Surveyor(api).survey(observed, later(seconds)))


def waiting(*attempts: Attempt, sources: tuple[TableSource, ...] = (SOURCE,)) -> Observed:
    return Observed(OWNER, replace(REQUEST, sources=sources), ChartSparkJobStatus(attempts=attempts))


def lacking_pods() -> Observed:
    live = ENDED.model_copy(update={"reason": None, "end_time": None})
    return replace(waiting(live), jobs=(child(created=NOON),))


def digest_of(table: str) -> dict[str, Any]:
    return {"metadata": {"annotations": {"chartspark.io/tables-digest": tables_digest({"a": table})}}}


def test_a_claim_and_a_table_that_are_there() -> None:
    found = surveyed(ApiServer({"results": CLAIM, "sales": SALES, STORED: digest_of(TABLE)}), waiting())
    assert found.surroundings == Surroundings(("ReadWriteMany",), tables_bytes=8)


def test_a_job_with_its_tables_inside_costs_one_read() -> None:
    api = ApiServer({"results": CLAIM})
    surveyed(api, waiting(sources=()))
    assert api.read == ["results"]


@pytest.mark.parametrize(
    ("model_claim", "read", "modes"),
    [
        ("weights", ["results", "weights"], ("ReadOnlyMany",)),
        ("elsewhere", ["results", "elsewhere"], None),
        ("results", ["results"], ("ReadWriteMany",)),
    ],
)
def test_the_claim_of_a_model_is_looked_at_once(
    model_claim: str, read: list[str], modes: tuple[str, ...] | None
) -> None:
    api = ApiServer({"results": CLAIM, "weights": {"spec": {"accessModes": ["ReadOnlyMany"]}}})
    asked = replace(REQUEST, model_claim=model_claim)
    found = surveyed(api, replace(waiting(), asked=asked)).surroundings
    assert found == Surroundings(("ReadWriteMany",), model_claim_modes=modes)
    assert api.read == read


@pytest.mark.parametrize(
    ("objects", "attempts", "facts"),
    [
        ({}, (), {"claim_modes": None}),
        ({"results": CLAIM}, (), {"tables_changed": False}),
        ({"results": CLAIM}, (ENDED,), {"missing_text": None, "tables_changed": True}),
        ({"results": CLAIM, "sales": SALES, STORED: digest_of(TABLE)}, (ENDED,), {"tables_changed": False}),
        ({"results": CLAIM, "sales": SALES, STORED: digest_of("")}, (ENDED,), {"tables_changed": True}),
    ],
)
def test_what_is_missing_or_changed(
    objects: dict[str, Any], attempts: tuple[Attempt, ...], facts: dict[str, object]
) -> None:
    found = surveyed(ApiServer(objects), waiting(*attempts)).surroundings
    assert {name: getattr(found, name) for name in facts} == facts
    assert bool(found.missing_text) is not bool(attempts)


@pytest.mark.parametrize(
    ("stored", "attempts", "words"),
    [
        (
            None,
            (),
            "There is no ConfigMap authorities in the namespace default, which spec.pod.caBundle names.",
        ),
        ({}, (), "has no key all.pem; it has none."),
        ({"data": {"one.pem": "PEM"}}, (), "has no key all.pem; it has one.pem."),
        ({"data": {"all.pem": "PEM"}}, (), None),
        ({"binaryData": {"all.pem": "UEVN"}}, (), None),
        # Pods of a job that has begun may have them mounted; the kubelet says what is wrong.
        (None, (ENDED,), None),
    ],
)
def test_certificates_have_to_be_there_before_the_first_attempt(
    stored: dict[str, Any] | None, attempts: tuple[Attempt, ...], words: str | None
) -> None:
    observed = waiting(*attempts, sources=())
    assert isinstance(observed.asked, Request)
    asked = replace(observed.asked, ca_bundle=ConfigMapKey(name="authorities", key="all.pem"))
    api = ApiServer({"results": CLAIM} | ({} if stored is None else {"authorities": stored}))
    found = surveyed(api, replace(observed, asked=asked)).surroundings
    assert found is not None
    if words is None:
        assert found.missing_text is None
    else:
        assert words in (found.missing_text or "")


def test_the_newest_event_of_a_job_without_pods_is_told() -> None:
    api = ApiServer(
        events=[
            {"lastTimestamp": "2026-11-21T12:00:02Z", "message": "Error creating: newer"},
            {"lastTimestamp": "2026-11-21T12:00:01Z", "message": "Error creating: older"},
        ]
    )
    assert surveyed(api, lacking_pods(), 2).pods_refused == "newer"
    assert surveyed(ApiServer(), lacking_pods(), 2).pods_refused is None


def test_nothing_is_read_while_all_goes_well() -> None:
    api = ApiServer()
    assert surveyed(api, lacking_pods(), 1) == lacking_pods()
    assert api.read == []


@pytest.mark.parametrize(
    ("observed", "told"),
    [
        (waiting(), lambda found: found.surroundings.unreadable),
        (lacking_pods(), lambda found: found.pods_refused),
    ],
)
def test_a_right_that_the_operator_lacks_is_told_and_a_busy_server_asked_again(
    observed: Observed, told: Callable[[Observed], str]
) -> None:
    assert "is forbidden" in told(surveyed(ApiServer(status=403), observed, 2))
    with pytest.raises(ApiError):
        surveyed(ApiServer(status=503), observed, 2)
