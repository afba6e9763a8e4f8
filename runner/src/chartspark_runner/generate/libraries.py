"""Names for what diffusers and transformers publish no types of."""

from typing import Any

Pipeline = Any
"""A pipeline of diffusers: its components as attributes, and a call."""
Tokenizer = Any
"""A tokenizer of transformers."""
