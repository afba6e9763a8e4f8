"""Builds the icon library of the runner: `python -m runner.training.library`. Knows nothing about charts."""
