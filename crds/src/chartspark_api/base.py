"""What every API type shares: camelCase names, immutability, and the string and number types of the schema.

The docstring under a field is its `description` in the CRD, so `kubectl explain`, the reference and
this code hold one sentence. Every string, list and number has a limit: the API server prices CEL and
etcd storage by them.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel


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


DnsLabel = Annotated[str, Field(min_length=1, max_length=63, pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
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

Seconds = Annotated[int, Field(ge=1, le=31_536_000)]
"""A duration of at most a year."""

Timestamp = Annotated[
    str,
    Field(max_length=32),
    WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 32}),
]
"""A time, RFC 3339 in UTC, for instance 2026-11-21T10:15:00Z."""

DecimalString = Annotated[str, Field(max_length=8, pattern=r"^[0-9]{1,3}(\.[0-9]{1,3})?$")]
"""A decimal number in quotes: floats do not survive every JSON library on the way."""


_CPU = r"^([0-9]+m|[0-9]{1,3}(\.[0-9]{1,3})?)$"
_BYTES = r"^[0-9]+(Ki|Mi|Gi|Ti|k|M|G|T)?$"


def _quantity_schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "pattern": pattern,
            "maxLength": 20,
            "x-kubernetes-int-or-string": True,
        }
    )


CpuQuantity = Annotated[
    str,
    Field(max_length=20, pattern=_CPU, coerce_numbers_to_str=True),
    _quantity_schema(_CPU),
]
"""A Kubernetes quantity of CPU time: cores, or thousandths of a core with an m."""

ByteQuantity = Annotated[
    str,
    Field(max_length=20, pattern=_BYTES, coerce_numbers_to_str=True),
    _quantity_schema(_BYTES),
]
"""A Kubernetes quantity of memory: bytes, or a number with a unit."""
