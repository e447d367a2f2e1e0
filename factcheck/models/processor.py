"""What the processor can do that decides which kernels are both exact and fast."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
# Dot products of bytes that are summed in 32 bits.
_VNNI = frozenset(("avx512_vnni", "avx_vnni"))


@lru_cache(maxsize=1)
def sums_bytes_exactly() -> bool:
    """Whether products of 8-bit numbers cannot overflow on this processor.

    Without such instructions they are added in 16 bits and may saturate, so that slower kernels
    must be asked for. Where the system does not say, the answer is no.
    """
    try:
        return tells_of_vnni(_CPU_INFO.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return False


def tells_of_vnni(cpu_info: str) -> bool:
    """Whether every processor in a text like /proc/cpuinfo has VNNI instructions."""
    flags = [line.split(":", 1)[1] for line in cpu_info.splitlines() if line.startswith("flags")]
    return bool(flags) and all(not _VNNI.isdisjoint(line.split()) for line in flags)
