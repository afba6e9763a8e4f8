"""Environment variables that a job may ask for, those that no job may, and one that tells the runner something. Part of `pod`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, JsonValue

from chartspark_api.base import ApiModel
from chartspark_api.cel import RULES, rule

BATCH_LIMIT = "CHARTSPARK_BATCH_LIMIT"
"""Set by the operator: how many pictures a runner makes at once at most, whatever sampling.batchSize says."""

_NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"
_RESERVED = (
    r"^(NVIDIA_.*|LD_.*|PYTHON.*|CHARTSPARK_.*|HF_.*|CUDA_.*|TRITON_.*|TORCHINDUCTOR_.*|XDG_.*"
    r"|.*_NUM_THREADS|POLARS_MAX_THREADS|TOKENIZERS_PARALLELISM|MPLCONFIGDIR|HOME|PATH"
    r"|POD_NAME|POD_UID|JOB_COMPLETION_INDEX|SSL_CERT_FILE|REQUESTS_CA_BUNDLE"
    r"|([Hh][Tt][Tt][Pp][Ss]?|[Nn][Oo])_[Pp][Rr][Oo][Xx][Yy])$"
)
_INSTEAD = (
    "this variable is not for jobs to set: GPUs are asked for in pod.gpu, a proxy in pod.proxy, certificates "
    "in pod.caBundle, and the rest belongs to the loader, to Python or to the operator"
)
_RULES: list[JsonValue] = [rule(f"!self.matches(r'{_RESERVED}')", _INSTEAD)]


def is_reserved(name: str) -> bool:
    """Say whether no job may set the variable `name`, whatever an installation allows."""
    return re.match(_RESERVED, name) is not None


def _refuse_reserved(name: str) -> str:
    if is_reserved(name):
        raise ValueError(_INSTEAD)
    return name


VariableName = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=_NAME, json_schema_extra={RULES: _RULES}),
    AfterValidator(_refuse_reserved),
]


class Variable(ApiModel):
    """An environment variable of the runner's container."""

    name: VariableName
    """The variable's name. The installation lists those that jobs may set."""
    value: Annotated[str, Field(max_length=4096)] = ""
    """Its value. $(NAME) stands for the value of another variable, as in a pod's spec."""
