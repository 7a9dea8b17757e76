"""The leaderboard: a function of the folder ``submissions`` and of nothing else."""
