"""Who a pod of the job is to the node and to the storage. Part of `pod`."""

from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, WithJsonSchema, model_serializer

from chartspark_api.base import ApiModel

RUNNER_USER = 1000
"""The user and group of the runner's image."""
_LARGEST_ID = 2_147_483_647

Id = Annotated[
    Annotated[int, Field(ge=1, le=_LARGEST_ID)] | None,
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _LARGEST_ID, "nullable": True}),
]
"""A user or a group, never root. Null is a value of its own: the platform chooses, as OpenShift wants to."""


class Security(ApiModel):
    """Who the pods are to the node and to the storage. All else is fixed: no root, no privileges, no capabilities."""

    run_as_user: Id = RUNNER_USER
    """The user of the runner, and its group. Null leaves both to the platform, for instance to OpenShift."""
    fs_group: Id = RUNNER_USER
    """The group that the volumes are given. Null leaves it to the platform."""

    @model_serializer(mode="wrap")
    def _keep_nulls(self, _: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Elsewhere what is null is left out; here that would bring the default back.
        return {"runAsUser": self.run_as_user, "fsGroup": self.fs_group}
