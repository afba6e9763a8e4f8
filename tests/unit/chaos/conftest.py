import sys
from pathlib import Path

# The referee of the chaos run is no package: it lies beside what it judges.
sys.path.insert(0, str(Path(__file__).parents[2] / "chaos"))
