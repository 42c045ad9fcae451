"""Theorems about one random matrix: thresholds of norm and radius."""
