"""The system ``llm``: a language model behind any OpenAI-compatible endpoint is asked."""

from qawl_baselines.llm.system import Llm

__all__ = ["Llm"]
