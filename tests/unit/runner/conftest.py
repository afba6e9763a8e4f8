import os
import sys
from pathlib import Path

# Test folders are no packages; builders are imported by name.
sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("OMP_NUM_THREADS", "1")
