"""Theorems about products through time: the same weights at every step."""
