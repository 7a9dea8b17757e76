"""From what people write to ``qawl/1``: nobody writes offsets (docs/authoring.md)."""

from qawl.authoring.build import build, build_file, texts_from
from qawl.authoring.inline import parse_inline
from qawl.authoring.substrings import parse_substrings

__all__ = ["build", "build_file", "parse_inline", "parse_substrings", "texts_from"]
