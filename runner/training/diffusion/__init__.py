"""How IconDiffusion is trained, measured and exported: one module per command. Run from the root of the repository."""
