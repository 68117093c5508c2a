"""What processes use, as the operating system counts it."""

from collections.abc import Sequence
from math import ceil

import psutil


def cpu_seconds(pid: int) -> float:
    """Of this process, all that it has started, and all of that which has ended."""
    process, total = psutil.Process(pid), 0.0
    for each in (process, *process.children(recursive=True)):
        times = each.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


def resident_kib(process: int) -> float:
    return float(psutil.Process(process).memory_info().rss) / 1024


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of all values do not exceed."""
    return sorted(values)[ceil(part * len(values)) - 1]
