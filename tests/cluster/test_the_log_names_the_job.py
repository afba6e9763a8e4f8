import json

from cluster_support import Namespace, Operator, eventually, job


def test_a_job_is_named_in_the_operators_log(namespace: Namespace, operator: Operator) -> None:
    namespace.apply(job("named"))
    eventually(lambda: namespace.status("named").get("attempts"), "the attempt has begun")
    uid = namespace.items("chartsparkjobs")[0]["metadata"]["uid"]
    expected = {"namespace": namespace.name, "job": "named", "uid": uid, "attempt": 1, "level": "info"}

    def started() -> list[dict[str, object]]:
        lines = [json.loads(line) for line in operator.log.read_text().splitlines()]
        return [line for line in lines if line["event"] == "attempt started"]

    (line,) = eventually(started, "a line about the attempt")
    assert {field: line[field] for field in expected} == expected
    assert line["timestamp"]
