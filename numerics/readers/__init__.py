"""Readers of observables: a function reads the observable of its name from a sample. To add one, write it here."""
