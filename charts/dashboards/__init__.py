"""The Grafana dashboards as code. `render` writes their JSON into the chart. Nothing here runs a query."""
