"""The command ``qawl``. Commands parse, call the library, print; heavy imports stand inside them.

Exit codes: 0 ok; 1 what was asked about failed (findings of ``validate``, ``--check``, a result
that cannot be written); 2 usage; 3 invalid input.
"""

from __future__ import annotations

from qawl.cli.main import app, main

__all__ = ["app", "main"]
