"""The alerts and recording rules as code. `render` writes them into the chart. Nothing here asks Prometheus."""
