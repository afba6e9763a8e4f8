import sys
from pathlib import Path

# pytest imports test modules by their path, and leaves the folder itself out of the search path.
sys.path.insert(0, str(Path(__file__).parent))
