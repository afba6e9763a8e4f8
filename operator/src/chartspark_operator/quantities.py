"""Kubernetes quantities as numbers. Called by the policies and by the environment's manifest."""

from decimal import Decimal

_UNITS = {
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
    "Ti": 2**40,
    "k": 10**3,
    "M": 10**6,
    "G": 10**9,
    "T": 10**12,
}


def cores(cpu: str) -> Decimal:
    """Return the cores that `cpu` stands for: 1500m, 2.5."""
    return Decimal(cpu[:-1]) / 1000 if cpu.endswith("m") else Decimal(cpu)


def size(quantity: str) -> int:
    """Return the bytes that `quantity` stands for: 512Mi, 4G."""
    number = quantity.rstrip("KMGTki")
    return int(number) * _UNITS.get(quantity[len(number) :], 1)
