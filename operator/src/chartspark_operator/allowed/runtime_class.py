"""The RuntimeClass: some give a container more of the node than others."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import unless_listed
from chartspark_operator.settings import Settings

VALUE = "allowed.runtimeClasses"


def runtime_class(pod: Pod, settings: Settings) -> str | None:
    """Refuse a RuntimeClass that is neither that of pods with GPUs nor listed."""
    name, of_gpus = pod.runtime_class_name, settings.gpu_runtime_class_name
    allowed = (*((of_gpus,) if of_gpus else ()), *settings.allowed_runtime_classes)
    return unless_listed("spec.pod.runtimeClassName", name, allowed, VALUE)
