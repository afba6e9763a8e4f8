import struct
import zlib
from pathlib import Path

import pytest
from chartspark_api.charts import MAX_INLINE_BYTES
from chartspark_runner.errors import BadRequest, InvalidData
from chartspark_runner.verify import read_picture
from pydantic import ValidationError
from runner_builders import planned


def rows(number: int) -> str:
    return "thing,amount\n" + "".join(f"{i},{i % 9}\n" for i in range(number))


@pytest.mark.parametrize(
    ("kind", "advice"), [("Bar", "top"), ("Line", "means"), ("Area", "means"), ("Pie", "top")]
)
def test_the_longest_table_that_fits_is_refused_with_advice(kind: str, advice: str) -> None:
    with pytest.raises(InvalidData, match=f"set {advice}|take {advice}"):
        planned(type=kind, csv=rows(17_000))


def test_a_hundred_thousand_rows_do_not_fit() -> None:
    with pytest.raises(ValidationError, match=f"at most {MAX_INLINE_BYTES} characters"):
        planned(csv=rows(100_000))


def claimed(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [4097, 12_000, 60_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_is_larger_than_any_chart_is_not_decoded(tmp_path: Path, side: int) -> None:
    (tmp_path / "bomb.png").write_bytes(claimed(side, side))
    with pytest.raises(BadRequest, match=r"pixels"):
        read_picture(tmp_path / "bomb.png")
