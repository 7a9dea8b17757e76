"""How many examples costly laws get."""

from __future__ import annotations

from hypothesis import settings


def costly(examples: int) -> settings:
    """Fewer examples of a law in the quick profile; the long one searches as far as for others."""
    return settings(max_examples=max(examples, settings().max_examples if _is_long() else 0))


def _is_long() -> bool:
    return settings().max_examples >= 1000
