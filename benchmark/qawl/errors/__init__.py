"""What a system gets wrong: every false positive and false negative in exactly one class."""

from qawl.errors.classes import CLASSES
from qawl.errors.listing import Analysis, Error, analyse

__all__ = ["CLASSES", "Analysis", "Error", "analyse"]
