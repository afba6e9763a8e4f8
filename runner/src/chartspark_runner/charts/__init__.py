"""The chart types, one folder each: how a table becomes geometry, how it is drawn, and how it is read back."""
