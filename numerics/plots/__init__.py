"""Figures of verdicts: what is drawn is data first (layers), then laid out and drawn. The door is numerics/plot.py."""
