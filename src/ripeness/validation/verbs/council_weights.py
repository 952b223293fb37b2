"""Weighed: whom choices of councils follow and how much leaders weigh, as one value with its tables and pictures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import plain_value
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.validation.councils.measure_choices import ChoiceMeasure
    from ripeness.validation.councils.measure_leader_weights import LeaderWeights


@dataclass(frozen=True, slots=True)
class CouncilWeights(Notebook):
    """Whom choices follow, and the leader weight by regime, as decisions of councils show them.

    `shipped` is the leader weight on the shipped decisions alone, where further files were given; `left_out` are files
    of the folders named that hold no decision, `warnings` what the coders of the files should look at again.
    """

    files: tuple[str, ...]
    left_out: tuple[str, ...]
    choices: ChoiceMeasure
    measured: LeaderWeights
    shipped: LeaderWeights | None
    version: str
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line: what the record says."""
        return f"Weighed({self.sentence()})"

    def sentence(self) -> str:
        """What the record says of choices, then of the leader weight."""
        return f"{self.choices.sentence()} {self.measured.sentence()}"

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON; what does not exist is null."""
        return plain_value(
            {
                "sentence": self.sentence(),
                "files": self.files,
                "left_out": self.left_out,
                "warnings": self.warnings,
                "choices": asdict(self.choices),
                **asdict(self.measured),
                "without_files": asdict(self.shipped) if self.shipped else None,
                "version": self.version,
                "intervals": "5 %, middle and 95 % of the posterior",
            }
        )

    def layout(self) -> Layout:
        """The answer first, then the tables."""
        from ripeness.show.table import layout
        from ripeness.validation.show.choice_tables import choice_tables
        from ripeness.validation.show.council_tables import weights

        return layout(choice_tables(self.choices), weights(self.measured, self.shipped))

    def rows(self) -> list[dict[str, Any]]:
        """One row a regime and span, for a table."""
        spans = (
            "before",
            "typical",
            "body",
            "judged",
            "updated",
            "default",
            "narrow",
            "wide",
            "plain",
            "quota_judged",
            "quota_updated",
            "quota_default",
        )
        ends = ("low", "middle", "high")
        shares = [
            {
                "regime": row.regime,
                "what": f"leader share, voting by {row.voting}",
                **dict(zip(ends, row.share, strict=True)),
            }
            for row in self.choices.fit.rows
        ]
        return shares + [
            {"regime": regime.name, "what": span, **dict(zip(ends, getattr(regime, span), strict=True))}
            for regime in self.measured.regimes
            for span in spans
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """The leader share of choices by regime, with and without further files, as a chart."""
        from ripeness.validation.show.choice_chart import leader_share

        return leader_share(self.choices, dark=dark)

    def plot_leader_weight(self, *, dark: bool = False) -> Any:
        """The leader weight by regime, before and after the record, as a chart."""
        from ripeness.validation.show.leader_weight_chart import leader_weight

        return leader_weight(self.measured, dark=dark)
