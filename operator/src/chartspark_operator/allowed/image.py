"""The image: whoever chooses it chooses the program."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.images"


def image(pod: Pod, settings: Settings) -> str | None:
    """Refuse an image that is neither the runner's nor listed."""
    allowed = (settings.runner_image, *settings.allowed_images)
    if pod.image is None or pod.image == settings.runner_image or is_listed(pod.image, allowed[1:]):
        return None
    return outside("spec.pod.image", pod.image, allowed, VALUE)
