"""The gate: has a system become worse, by more than is allowed and by more than chance?"""

from qawl.gate.decision import Decision, decide

__all__ = ["Decision", "decide"]
