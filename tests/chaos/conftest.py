import sys
from pathlib import Path

# The parts of the run are no package: they lie beside this, and lean on those of the cluster tier.
TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "chaos"), str(TESTS / "cluster")]
