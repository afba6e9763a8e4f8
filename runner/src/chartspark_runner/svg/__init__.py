"""What matplotlib's SVG lacks: elements as symbols, the fonts of its letters, and words for those who cannot see it."""
