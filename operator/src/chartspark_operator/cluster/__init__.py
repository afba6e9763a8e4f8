"""The edge to the API server: login, requests, watches, caches and the parsing of what comes back. Nothing decides here."""
