"""Step 5, generate: words become a picture. What knows torch lies here and in `models`; importing this package loads nothing."""
