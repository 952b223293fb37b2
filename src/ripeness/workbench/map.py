"""Map: what drives what in a scenario, and how much each causal link carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import MOST_DRAWS, SERVED_DRAWS, Progress, declared, python_function, question
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.study.causal_map.causal_map import CausalMap

DRAWS = 4_000  # of each of some thirty runs: paired differences are then known to about a percentage point


@question
class MapQuestion(OutcomeQuestion["Mapped"]):
    """Draw the causal map that a scenario implies, and cut its links one at a time to see what each carries.

    `links`: cut only these; none named: all.

    Raises: Fault for what cannot be read, an unknown outcome or link, or a month beyond the horizon.

    >>> map("japan-1945", month=3, draws=64, links=["fate->terms"]).value.measured.cuts[0].link
    'fate->terms'
    """

    verb = "map"
    summary = "What drives what, which loops reinforce or balance, and how much each causal link carries."
    example = "ripeness map ukraine-2023-03 --plot map.svg"

    draws: int = declared(
        default=DRAWS,
        least=1,
        most=MOST_DRAWS,
        most_served=SERVED_DRAWS,
        label="Wars to fight",
        help="How many wars to fight for each link.",
    )
    links: Sequence[str] = declared(
        default=(),
        flags=("--link",),
        suggest="links",
        expert=True,
        label="Only these links",
        help="Cut only this link; repeatable. Default: each in turn.",
    )

    def answer(self, progress: Progress | None = None) -> Mapped:
        """Simulate the war as stated and once for each link that is cut."""
        from ripeness.study.causal_map.causal_map import causal_map
        from ripeness.workbench.outcome_runs import outcome_runs
        from ripeness.world.pathway_names import NAMES

        _check_links(self.links, NAMES)
        runs = outcome_runs(self, self.draws * (1 + len(self.links or NAMES)), progress)
        causal = causal_map(
            runs.war(),
            runs.setup.scenario,
            runs.target,
            lambda cuts, watch: runs.simulate_changed({}, cuts=cuts, watch=watch),
            self.draws,
            links=tuple(self.links) or NAMES,
            weights=runs.setup.weigh,
        )
        return Mapped(runs.setup, causal)


def _check_links(links: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a link that the model does not have."""
    for link in links:
        if link not in names:
            hint = did_you_mean(link, names, f"links are {', '.join(names)}", cutoff=0.4)
            raise ArgumentFault("links", f": '{link[:60]}' is not a causal link of the model; {hint}")


@dataclass(frozen=True, repr=False)
class Mapped(OutcomeAnswer):
    """The causal map of a scenario, measured."""

    value: CausalMap
    shown_by: ClassVar[str] = "map_tables"
    chart: ClassVar[str] = "causal_map.map_picture"  # wide arrows carry much

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every cut."""
        return [
            {"link": cut.link, "idle": cut.idle, "moved": cut.moved, "change": cut.change, "error": cut.error}
            | {f"p {name}": p for name, p in cut.shares.items()}
            | {f"mean change {name}": mean for name, mean in cut.means.items()}
            for cut in self.value.measured.cuts
        ]


map = python_function(MapQuestion)  # noqa: A001  (the verb is called so on the command line)
