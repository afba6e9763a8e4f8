"""What every API type shares: camelCase names, immutability, and the string and number types of the schema.

The docstring under a field is its `description` in the CRD, so `kubectl explain`, the reference and
this code hold one sentence. Every string, list and number has a limit: the API server prices CEL and
etcd storage by them.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from chartspark_api.cel import spelled, spelled_or_number


class ApiModel(BaseModel):
    """A frozen object of the API, written in camelCase, that refuses fields it does not know."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=True,
        frozen=True,
        extra="forbid",
    )

    def to_json_object(self) -> dict[str, object]:
        """Return the object as the API server stores it: camelCase, times as RFC 3339, nothing unset."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class ObservedModel(ApiModel):
    """An object that another version of this project may have written: fields it does not know are ignored."""

    model_config = ConfigDict(extra="ignore")


ATOMIC_LIST = {"x-kubernetes-list-type": "atomic"}
"""A list that is replaced as a whole by whoever applies it."""


def list_map(key: str) -> dict[str, object]:
    """Return the schema extension of a list whose items are told apart by `key`, and merged one by one."""
    return {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [key]}


LABEL = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
"""How a DNS label is written."""

DnsLabel = Annotated[str, Field(min_length=1, max_length=63, pattern=LABEL)]
"""A DNS label (RFC 1123)."""

DnsSubdomain = Annotated[
    str, Field(min_length=1, max_length=253, pattern=r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
]
"""A DNS subdomain (RFC 1123): the name of most Kubernetes objects."""

Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n\r]*$")]
"""A line of text that is drawn."""

ColumnName = Annotated[str, Field(min_length=1, max_length=100)]
"""The name of a column, as the table's header spells it."""

Sentence = Annotated[str, Field(max_length=1024)]
"""A sentence for a person."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A number of things."""

ScorePercent = Annotated[int, Field(ge=0, le=100)]
"""A score, in percent."""

Seed = Annotated[int, Field(ge=0, le=2_147_483_647)]
"""The start of a random sequence."""

BatchSize = Annotated[int, Field(ge=1, le=16)]
"""How many pictures are made at once."""

Seconds = Annotated[int, Field(ge=1, le=31_536_000)]
"""A duration of at most a year."""

Timestamp = Annotated[
    str,
    Field(max_length=32),
    WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 32}),
]
"""A time, RFC 3339 in UTC, for instance 2026-11-21T10:15:00Z."""

_FOLDER = r"^([A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*)?$"

FolderPath = Annotated[
    str,
    Field(
        max_length=200,
        pattern=_FOLDER,
        json_schema_extra=spelled(
            _FOLDER, "write a folder below the claim's root, for instance team/charts: no leading /, no .."
        ),
    ),
]
"""A folder on a claim, relative to its root."""

_DECIMAL = r"^[0-9]{1,3}(\.[0-9]{1,3})?$"

DecimalString = Annotated[
    str,
    Field(
        max_length=8,
        pattern=_DECIMAL,
        json_schema_extra=spelled(
            _DECIMAL, 'write a number of zero or more in quotes, for instance "7.5", with a point and no unit'
        ),
    ),
]
"""A decimal number in quotes: floats do not survive every JSON library on the way."""


# Neither takes a zero: to Kubernetes a limit of zero is no limit.
_CPU = r"^([1-9][0-9]*m|[1-9][0-9]{0,2}(\.[0-9]{1,3})?|0\.([1-9][0-9]{0,2}|0[1-9][0-9]?|00[1-9]))$"
_BYTES = r"^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?$"


def _quantity_schema(pattern: str, message: str) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "pattern": pattern,
            "maxLength": 20,
            "x-kubernetes-int-or-string": True,
            **spelled_or_number(pattern, message),
        }
    )


CpuQuantity = Annotated[
    str,
    Field(max_length=20, pattern=_CPU, coerce_numbers_to_str=True),
    _quantity_schema(
        _CPU, 'write cores or thousandths of a core, above zero, for instance 2, "0.5" or 1500m'
    ),
]
"""A Kubernetes quantity of CPU time: cores, or thousandths of a core with an m."""

ByteQuantity = Annotated[
    str,
    Field(max_length=20, pattern=_BYTES, coerce_numbers_to_str=True),
    _quantity_schema(_BYTES, "write a whole number above zero and a unit, for instance 512Mi or 4Gi"),
]
"""A Kubernetes quantity of memory: bytes, or a number with a unit."""
