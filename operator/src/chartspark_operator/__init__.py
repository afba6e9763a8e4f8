"""The operator: observe, plan, apply.

`observed`, `actions`, `planned`, `plan`, `rules` and `manifests` only decide: no I/O, no clock, no
client. `cluster` is the thin edge to the API server. `main` puts the two together.
"""
