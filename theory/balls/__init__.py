"""Enclosures: ball arithmetic of closed formulas and of laws given by characteristic functions."""
