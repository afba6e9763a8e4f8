"""The Helm chart and what it is generated from.

`chartspark/` is the chart. The modules beside it render the files that no hand writes, and `render`
writes them: `python -m charts.render`. Nothing here runs in a cluster.
"""
