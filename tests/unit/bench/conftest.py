import sys
from pathlib import Path

# The scripts of the bench are no package, and are imported by name.
sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
