"""A rule system for quote attribution; the page a reader wants first is ``system``."""

from qawl_baselines.rules.system import Rules

__all__ = ["Rules"]
