"""What the API server refuses at `kubectl apply`: by schema, by CEL, or because a field is unknown."""

from tests.refusals.bad_input import CHART, BadInput, Left, charts

_LD_PRELOAD = [{"name": "LD_PRELOAD", "value": "/results/mine.so"}]
_ALL_GPUS = [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}]
_FROM_A_CONFIG_MAP = {"name": "sales", "key": "jan.csv"}

AT_APPLY = (
    BadInput(
        "an unknown field",
        {"spec.charts.0.colour": "red"},
        'unknown field "spec.charts[0].colour"',
        "a field of the reference; kubectl explain csj.spec.charts lists them",
    ),
    BadInput(
        "a column under another chart tool's name",
        {"spec.charts.0.x": "year"},
        'unknown field "spec.charts[0].x"',
        "xColumn and yColumn",
    ),
    BadInput(
        "LD_PRELOAD for the pods",
        {"spec.pod.env": _LD_PRELOAD},
        'unknown field "spec.pod.env"',
        "nothing: the operator sets the environment",
    ),
    BadInput(
        "NVIDIA_VISIBLE_DEVICES for the pods",
        {"spec.pod.env": _ALL_GPUS},
        'unknown field "spec.pod.env"',
        "spec.pod.gpu.count",
    ),
    BadInput(
        "an image of one's own",
        {"spec.pod.image": "docker.io/library/bash"},
        'unknown field "spec.pod.image"',
        "nothing: the image is the installation's",
    ),
    BadInput(
        "a service account",
        {"spec.pod.serviceAccountName": "admin"},
        'unknown field "spec.pod.serviceAccountName"',
        "nothing: the pods have no rights",
    ),
    BadInput(
        "a priority class",
        {"spec.pod.priorityClassName": "system-node-critical"},
        'unknown field "spec.pod.priorityClassName"',
        "nothing: the pods have the namespace's default priority",
    ),
    BadInput(
        "no charts",
        {"spec.charts": []},
        "spec.charts in body should have at least 1 items",
        "1 to 1000 charts",
    ),
    BadInput(
        "1,001 charts",
        {"spec.charts": charts(1001)},
        "spec.charts: Too many: 1001: must have at most 1000 items",
        "several jobs",
    ),
    BadInput(
        "two charts of one name",
        {"spec.charts": [CHART, CHART]},
        'Duplicate value: {"name":"apples"}',
        "a name for each chart",
    ),
    BadInput(
        "a chart's name with a space and a capital",
        {"spec.charts.0.name": "Apples 2024"},
        "write lower-case letters, digits and inner hyphens, for instance sales-2024",
        "apples-2024",
    ),
    BadInput(
        "no title",
        {"spec.charts.0.title": Left.OUT},
        "spec.charts[0].title: Required value",
        "a line of at most 200 characters",
    ),
    BadInput(
        "a title of 10,000 characters",
        {"spec.charts.0.title": "apples " * 1430},
        "spec.charts[0].title: Too long: may not be more than 200 bytes",
        "a line of at most 200 characters",
    ),
    BadInput(
        "a title of two lines",
        {"spec.charts.0.title": "Apples\nand pears"},
        "spec.charts[0].title in body should match",
        "one line, and the second one as subtitle",
    ),
    BadInput(
        "an unknown chart type",
        {"spec.charts.0.type": "Piechart"},
        'spec.charts[0].type: Unsupported value: "Piechart": supported values: "Bar"',
        "one of the supported values",
    ),
    BadInput(
        "two sources of a table",
        {"spec.charts.0.data.configMapKeyRef": _FROM_A_CONFIG_MAP},
        "name exactly one source of the table: csv or configMapKeyRef",
        "csv or configMapKeyRef",
    ),
    BadInput(
        "no source of a table",
        {"spec.charts.0.data": {}},
        "name exactly one source of the table: csv or configMapKeyRef",
        "csv or configMapKeyRef",
    ),
    BadInput(
        "a ConfigMap without its key",
        {"spec.charts.0.data": {"configMapKeyRef": {"name": "sales"}}},
        "spec.charts[0].data.configMapKeyRef.key: Required value",
        "name and key",
    ),
    BadInput(
        "an empty table",
        {"spec.charts.0.data.csv": ""},
        "spec.charts[0].data.csv in body should be at least 3 chars long",
        "a header line and one line for each mark",
    ),
    BadInput(
        "300 KiB of inline data in one chart",
        {"spec.charts.0.data.csv": "year,tonnes\n" + "2023,40\n" * 38_400},
        "spec.charts[0].data.csv: Too long: may not be more than 131072 bytes",
        "at most 128 KiB of tables in a job: sum up the rows that one bar stands for",
    ),
    BadInput(
        "zero candidates",
        {"spec.charts.0.candidates": 0},
        "spec.charts[0].candidates in body should be greater than or equal to 1",
        "1 to 16",
    ),
    BadInput(
        "a negative seed",
        {"spec.charts.0.seed": -1},
        "spec.charts[0].seed in body should be greater than or equal to 0",
        "0 to 2147483647, or no seed: then one is drawn and recorded",
    ),
    BadInput(
        "a number in quotes",
        {"spec.charts.0.seed": "42"},
        'spec.charts[0].seed in body must be of type integer: "string"',
        "42, without quotes",
    ),
    BadInput(
        "a width of 100,000 pixels",
        {"spec.charts.0.width": 100_000},
        "spec.charts[0].width in body should be less than or equal to 4096",
        "320 to 4096 pixels; the SVG has no resolution",
    ),
    BadInput(
        "a float where a decimal string is due",
        {"spec.sampling.guidanceScale": 7.5},
        'spec.sampling.guidanceScale in body must be of type string: "number"',
        '"7.5", in quotes',
    ),
    BadInput(
        "a quoted number that is none",
        {"spec.sampling.guidanceScale": "seven"},
        'write a number of zero or more in quotes, for instance "7.5", with a point and no unit',
        '"7.5"',
    ),
    BadInput(
        "201 steps",
        {"spec.sampling.steps": 201},
        "spec.sampling.steps in body should be less than or equal to 200",
        "1 to 200",
    ),
    BadInput(
        "an unknown model",
        {"spec.model.name": "stable-diffusion-xl"},
        'spec.model.name: Unsupported value: "stable-diffusion-xl": supported values: "IconDiffusion"',
        "one of the supported values",
    ),
    BadInput(
        "cores with a word",
        {"spec.pod.cpu": "2 cores"},
        'write cores or thousandths of a core, above zero, for instance 2, "0.5" or 1500m',
        '2, "0.5" or 1500m',
    ),
    BadInput(
        "a negative number of cores",
        {"spec.pod.cpu": -1},
        'write cores or thousandths of a core, above zero, for instance 2, "0.5" or 1500m',
        '2, "0.5" or 1500m',
    ),
    BadInput(
        "zero cores, which to Kubernetes is no cap",
        {"spec.pod.cpu": "0"},
        'write cores or thousandths of a core, above zero, for instance 2, "0.5" or 1500m',
        '2, "0.5" or 1500m',
    ),
    BadInput(
        "a fraction of cores without quotes",
        {"spec.pod.cpu": 1.5},
        'spec.pod.cpu in body must be of type integer,string: "number"',
        '"1.5" in quotes, or 1500m',
    ),
    BadInput(
        "memory with a unit that is none",
        {"spec.pod.memory": "4 GB"},
        "write a whole number above zero and a unit, for instance 512Mi or 4Gi",
        "4Gi",
    ),
    BadInput(
        "seventeen GPUs for a pod",
        {"spec.pod.gpu.count": 17},
        "spec.pod.gpu.count in body should be less than or equal to 16",
        "0 to 16 for each pod, and parallelism for more pods",
    ),
    BadInput(
        "no pods",
        {"spec.parallelism": 0},
        "spec.parallelism in body should be greater than or equal to 1",
        "1 to 64",
    ),
    BadInput(
        "a path that leaves the claim",
        {"spec.output.path": "../other-team"},
        "write a folder below the claim's root, for instance team/charts: no leading /, no ..",
        "team/charts",
    ),
    BadInput(
        "a path from the root",
        {"spec.output.path": "/results"},
        "write a folder below the claim's root, for instance team/charts: no leading /, no ..",
        "results",
    ),
    BadInput(
        "no output",
        {"spec.output": Left.OUT},
        "spec.output: Required value",
        "output.claimName",
    ),
    BadInput(
        "a name of 253 characters",
        {"metadata.name": "a" * 253},
        "metadata.name must be at most 63 characters",
        "at most 63 characters",
    ),
    BadInput(
        "an edit of a job that has begun",
        {"spec.charts.0.title": "A worse year for apples"},
        "the spec cannot be changed once the job has begun or ended, but for ttlSecondsAfterFinished",
        "the same under another name, or delete the job first",
        begun=True,
    ),
    BadInput(
        "more pods for a job that has begun",
        {"spec.parallelism": 4},
        "apply it under another name, or delete this job first",
        "the same under another name, or delete the job first",
        begun=True,
    ),
)
