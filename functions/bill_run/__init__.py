"""The states of the bill run's machine, and what starts and sweeps runs: one file each."""
