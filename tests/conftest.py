import sys
from pathlib import Path

# The tiers share tests/refusals, and the charts' renderer reads it too; neither is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))
