"""A pretrained encoder with tagging heads and a linker; the page to read first is ``system``.

Importing this package loads neither torch nor transformers: what needs them is imported when it
is used.
"""

from qawl_baselines.encoder.system import Encoder

__all__ = ["Encoder"]
