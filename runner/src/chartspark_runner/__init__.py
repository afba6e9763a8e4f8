"""Makes pictorial charts whose marks still tell the truth: `chartspark-runner run REQUEST --out DIR`.

Read `pipeline` first: it numbers the steps of a chart. `run` puts around them what a pod needs (shards,
resume, reports). What a chart type is lies in `charts`, one folder per type; `models` holds the weights.
Only `generate` and `models` know torch.
"""
