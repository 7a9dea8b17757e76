"""What the scripts that keep pages current share: marked blocks, and figures with intervals."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qawl.report import Row


def filled(content: str, name: str, script: str, made: str) -> str:
    """The content of a page with what stands in a marked block replaced.

    Args:
        content: the page; it ends the run if the page has no such block.
        name: of the block, which stands between ``<!-- name: made by scripts/… -->`` and
            ``<!-- /name -->``.
        script: the file that makes it, without its folder.
        made: what goes in, ending in a newline.
    """
    head, opening, rest = content.partition(f"<!-- {name}: made by scripts/{script} -->\n")
    _, closing, tail = rest.partition(f"<!-- /{name} -->")
    if not opening or not closing:
        sys.exit(f"there is no place for the {name} of scripts/{script}")
    return f"{head}{opening}{made}{closing}{tail}"


def interval(row: Row) -> str:
    """A figure in per cent with its interval."""
    return f"{100 * row.value:.1f} [{100 * row.low:.1f}, {100 * row.high:.1f}]"
