"""How Hypothesis runs: quick and repeatable by default, QAWL_EXAMPLES=long for the real search."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "quick",
    max_examples=40,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking is for the long search
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", settings.get_profile("quick"), max_examples=1000, derandomize=False, phases=tuple(Phase)
)
settings.load_profile(os.environ.get("QAWL_EXAMPLES", "quick"))
