"""Does composed text look like real news? Figures of a corpus beside the bands of real newswire."""

from qawl.realism.bands import Check, check

__all__ = ["Check", "check"]
