"""Scatter charts: an element at each point, its visible area in proportion to a size, and a dot where the values meet."""
