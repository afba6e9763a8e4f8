"""The parts of the embedded cluster. `chartspark_dev.cluster` puts them together; nobody else calls them."""
