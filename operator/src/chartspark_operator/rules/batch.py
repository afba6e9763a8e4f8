"""How many pictures an attempt makes at once, after one for which the GPU's memory did not suffice. Called where the next one is decided on."""

from chartspark_api.reasons import explain
from chartspark_api.status import Attempt


def batch_after(last: Attempt, asked: int) -> int | None:
    """Return the limit of the attempt that follows `last`: half of what did not fit, and what did fit stays.

    None is the request's own size, `asked`. The runner saves memory within an attempt too, and starts each
    from nothing: an attempt that begins with less does not fill the memory first with what is too much.
    """
    tried = last.batch_size or asked
    if last.reason is None or not explain(last.reason).smaller_batch or tried == 1:
        return last.batch_size
    return tried // 2
