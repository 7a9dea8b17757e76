"""The version of the distribution; the scorer's version in every signature."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("qawl")
except PackageNotFoundError:  # a source tree that was never installed
    VERSION = "0+unknown"
