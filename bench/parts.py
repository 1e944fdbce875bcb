"""What several measurements are made of."""

import pathlib


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them is below; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def resident_bytes(process: int) -> int:
    """The memory that a process holds."""
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1_024
    raise AssertionError(f"process {process} has ended")


def bytes_field(content: bytes) -> bytes:
    """A message whose field 1 is that, such as a `BytesValue`."""
    size, head = len(content), b"\x0a"
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content
