"""Theorems about products through depth: independent weights, one a layer."""
