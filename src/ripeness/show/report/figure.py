"""Figure: a picture of a report with its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

VIEW = re.compile(r'viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"')
TALL = 0.95  # of its width


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, the sentence below it, and the text for those who cannot see it.

    `narrow` is the same picture drawn for a phone; where there is none, the wide one scrolls sideways.
    """

    svg: str
    sentence: str
    alternative: str
    narrow: str = ""

    @property
    def tall(self) -> bool:
        """Whether the picture is about as high as wide, or higher, so that it needs more of a sheet of paper."""
        size = VIEW.search(self.svg)
        return size is not None and float(size[2]) > TALL * float(size[1])
