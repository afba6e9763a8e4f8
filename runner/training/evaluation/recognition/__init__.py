"""A small network that tells what a picture shows, and how often it tells what elements show. Trained on sets that neither library nor model draws from."""
