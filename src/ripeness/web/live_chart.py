"""Live chart: a chart in a page whose picture changes in place, while somebody drags a slider."""

from __future__ import annotations

from nicegui import ui

from ripeness.store.json_text import json_text
from ripeness.web.answer import Picture
from ripeness.web.chart_library import ADDRESS
from ripeness.web.pictures import every_look


class LiveChart(ui.element):
    """A chart that is given a picture and redrawn in place with the next one; the one before stays until then.

    Its axes should have fixed ends (scale domains), or the eye cannot follow what moves.
    """

    def __init__(self, picture: Picture) -> None:
        super().__init__("figure")
        self.classes("chart live")
        self.picture = picture
        self._tell()

    def update(self, picture: Picture | None = None) -> None:
        """Draw another picture in the place of this one; without one, send the element again."""
        if picture is not None and picture != self.picture:
            self.picture = picture
            self._tell()
        super().update()

    def _tell(self) -> None:
        """Give the browser the definitions; its script makes the parts of the figure and draws them."""
        self._props["data-library"] = ADDRESS
        self._props["data-definition"] = json_text(every_look(self.picture), indent=None)
