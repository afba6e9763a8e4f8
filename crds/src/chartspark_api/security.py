"""Who a pod of the job is to the node and to the storage. Part of `pod`."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chartspark_api.base import ApiModel

RUNNER_USER = 1000
"""The user and group of the runner's image."""

Id = Annotated[int, Field(ge=1, le=2_147_483_647)]
"""A user or a group, never root."""


class IdsFrom(StrEnum):
    """Who chooses the user and the groups of the pods."""

    JOB = "Job"
    """The job, or its defaults."""
    PLATFORM = "Platform"
    """What admits pods to the namespace, as on OpenShift; the pod says nothing of them."""


class Security(ApiModel):
    """Who the pods are to the node and to the storage. All else is fixed: no root, no privileges, no capabilities."""

    # Null would say the same as Platform, but kubectl apply drops what is null, and the default would be back.
    ids_from: IdsFrom | None = None
    """Who chooses user and groups. Platform leaves both fields out of the pod, as OpenShift wants it. Left out, the operator's setting holds, which is Job unless somebody changed it."""
    run_as_user: Id = RUNNER_USER
    """The user of the runner, and its group."""
    fs_group: Id = RUNNER_USER
    """The group that the volumes are given."""
