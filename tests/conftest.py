import sys
from pathlib import Path

TESTS = Path(__file__).parent
# The tiers share tests/refusals, and the charts' renderer reads it too; neither is installed. The parts of the chaos
# run are no package either: they lie beside each other, and lean on those of the cluster tier.
sys.path[:0] = [str(TESTS.parent), str(TESTS / "chaos"), str(TESTS / "cluster")]
