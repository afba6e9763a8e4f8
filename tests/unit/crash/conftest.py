import sys
from pathlib import Path

# What kills the runner is no package.
sys.path.insert(0, str(Path(__file__).parents[2] / "crash"))
