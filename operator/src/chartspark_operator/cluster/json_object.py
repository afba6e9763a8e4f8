"""The shape of what the API server sends, for those who parse it."""

from typing import Any

JsonObject = dict[str, Any]
"""A JSON object. Its fields are looked at one by one, leniently: other versions send other ones."""
