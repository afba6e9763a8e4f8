"""Where every random sequence starts. Pure; called by `run` and the pipeline."""

import hashlib

_MODULUS = 2**31


def chart_seed(uid: str, chart: str) -> int:
    """Return the seed of a chart whose request names none: the same for every attempt of one object."""
    return _number(uid, chart) % _MODULUS


def candidate_seed(seed: int, chart: str, candidate: int, part: int) -> int:
    """Return the seed of one candidate's picture for one subject, below 2**63. No two share a sequence."""
    return _number(str(seed), chart, str(candidate), str(part)) % 2**63


def _number(*parts: str) -> int:
    # A separator that no part contains keeps ("a", "b1") and ("ab", "1") apart.
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big")
