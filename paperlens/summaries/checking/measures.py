"""Units of measure after a number: "41.5 ms" is 0.0415 s, and neither is 41.5 GB.

Only those that papers measure with and that stand for nothing else.
"""

from typing import NamedTuple

from paperlens.summaries.checking.tables import words


class Measure(NamedTuple):
    """What is measured, and how many of its first unit one of this unit is."""

    of: str
    worth: float


_UNITS: dict[str, dict[float, str]] = {
    "time": {
        1e-9: "ns nanosecond nanoseconds", 1e-6: "us µs μs microsecond microseconds",
        1e-3: "ms msec millisecond milliseconds", 1.0: "s sec secs second seconds",
        60.0: "min mins minute minutes", 3600.0: "h hr hrs hour hours", 86400.0: "day days",
        604800.0: "week weeks", 2629800.0: "month months", 31557600.0: "year years",
    },
    "storage": {
        1e3: "KB kB kilobyte kilobytes KiB", 1e6: "MB megabyte megabytes MiB",
        1e9: "GB gigabyte gigabytes GiB", 1e12: "TB terabyte terabytes TiB",
    },
    "frequency": {1.0: "Hz", 1e3: "kHz", 1e6: "MHz", 1e9: "GHz"},
    "length": {
        1e-9: "nm nanometer nanometers", 1e-6: "um µm μm micrometer micrometers",
        1e-3: "mm millimeter millimeters", 1e-2: "cm centimeter centimeters",
        1.0: "meter meters metre metres", 1e3: "km kilometer kilometers kilometre kilometres",
    },
    "speed": {1.0: "FPS fps"},
    "loudness": {1.0: "dB"},
}  # fmt: skip
_MEASURES = {
    unit: Measure(of, worth)
    for of, units in _UNITS.items()
    for worth, names in units.items()
    for unit in words(names)
}


def measure_of(word: str, number: str, is_close: bool) -> Measure | None:
    """What a unit after a number measures; "1990s" are no seconds."""
    if is_close and word == "s" and len(number) == 4:
        return None
    return _MEASURES.get(word)
