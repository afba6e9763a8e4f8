import sys
from pathlib import Path

# The parts of the chaos run are no package: they lie beside each other, and lean on those of the cluster tier.
TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / "chaos"), str(TESTS / "cluster")]
