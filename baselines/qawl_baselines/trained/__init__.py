"""Systems that learn from the gold; the page a reader wants first is ``systems``."""
