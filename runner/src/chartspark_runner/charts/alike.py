"""Names that are shortened until they look the same are no names. Called by the layouts of chart types; pure."""

from collections.abc import Sequence

from chartspark_runner.errors import NamesAlike


def refuse_alike(names: Sequence[str], drawn: Sequence[tuple[str, ...]]) -> None:
    """Refuse a chart that writes two different names alike.

    Args:
        names: As the table has them.
        drawn: The lines of each, shortened where they had to be.

    Raises:
        NamesAlike: Two are written alike.
    """
    first: dict[tuple[str, ...], str] = {}
    for name, lines in zip(names, drawn, strict=True):
        other = first.setdefault(lines, name)
        if other != name:
            raise NamesAlike(
                f"{other!r} and {name!r} would both be written {' '.join(lines)!r} for want of room: take shorter "
                "names, a larger width, or of bars orientation Horizontal"
            )
