"""The page docs/reference/benchmarks.md: a section by bench, written anew by the bench that was run, with the machine that it ran on."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
HEAD = (
    "# Benchmarks\n\n"
    "What was measured, each section by the command that it names. Seconds belong to the machine of that run; "
    "ratios compare two things in the same run, and say more.\n"
)


def write_section(title: str, body: str) -> None:
    """Replace the section `title` of the page, or add it."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    PAGE.write_text(with_section(page, title, f"{body}\n\n{machine()}"))


def with_section(page: str, title: str, body: str) -> str:
    """Return the page with the section `title` replaced, or added at its end."""
    head, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    others = {section.partition("\n")[0].removeprefix("## "): section for section in sections}
    others[title] = f"## {title}\n\n{body}\n"
    return "\n".join(part.rstrip("\n") + "\n" for part in (head, *others.values()))


def machine() -> str:
    """Return in a sentence what this machine is, and how busy it is."""
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    total = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    gigabytes = round(int(total[1]) / 2**20) if total else 0
    return (
        f"Measured on {os.cpu_count()} cores ({cpu[1] if cpu else 'of an unnamed kind'}), {gigabytes} GiB of memory, "
        f"with a load average of {os.getloadavg()[1]:.1f} over the last five minutes. Above the number of cores, other work "
        "took part of them, and seconds and their ratios tell of that, too; counts and memory do not."
    )
