"""The site: its sources, and the generator that makes pages of theorems and stored measurements."""
