"""The parts of image building. `chartspark_dev.images` puts them together; nobody else calls them."""
