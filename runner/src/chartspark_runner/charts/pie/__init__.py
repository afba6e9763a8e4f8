"""Pies and donuts: up to six sectors, each a heap of its own element between two separators."""
