"""Line charts: ribbons of one pictogram each, along a crisp line that tells the values."""
