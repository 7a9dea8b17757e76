"""Texts of stand-off gold: where they lie, how they are rebuilt, how they join their records."""

from qawl.texts.store import attached, texts_folder

__all__ = ["attached", "texts_folder"]
