"""Dask: chunks are fought by the workers of a cluster, on this machine or others; the results are the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.gather import Ensemble, ResultCollector
from ripeness.ensemble.inputs import Inputs, inputs_of
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.war.conditions import Conditions
from ripeness.war.intervention import Intervention
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import Chunk, simulate
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True)
class Job:
    """What a worker needs to fight any chunk; it travels once and is prepared once a worker."""

    scenario: Scenario
    design: Design
    orders: tuple[Intervention, ...] = ()
    cuts: tuple[str, ...] = ()
    quiet: bool = False

    def __hash__(self) -> int:
        """Jobs of one process are told apart by what they are."""
        return id(self.scenario)


def run(
    scenario: Scenario,
    design: Design | None = None,
    *,
    orders: Sequence[Intervention] = (),
    cuts: Sequence[str] = (),
    quiet: bool = False,
    client: Client | None = None,
) -> Ensemble:
    """Fight a war many times on a Dask cluster: the one given, else the current one, else one of this machine.

    Raises: Fault where Dask is not installed.
    """
    try:
        from distributed import Client as Cluster
        from distributed import as_completed, default_client
    except ImportError:
        raise Fault("this engine needs Dask: pip install 'ripeness[dask]'") from None
    design = design or Design()
    if client is None:
        try:
            client = default_client()
        except ValueError:
            with Cluster(processes=True, dashboard_address=None) as own:
                return run(scenario, design, orders=orders, cuts=cuts, quiet=quiet, client=own)
    links(cuts)  # a link that does not exist is refused here, not on a worker
    war, inputs = _prepared(job := Job(scenario, design, tuple(orders), tuple(cuts), quiet))
    gathering = ResultCollector(design, inputs)
    sent = client.scatter(job, broadcast=True)
    for _, found in as_completed(client.map(fight, list(design.spans()), job=sent, pure=False), with_results=True):
        gathering.put(*found)
    return gathering.ensemble(scenario, war)


def fight(span: Span, job: Job) -> tuple[Span, Chunk]:
    """Fight one chunk on a worker."""
    war, inputs = _prepared(job)
    values = inputs.at(span.points())
    how = Conditions(job.design.seed, links(job.cuts), job.quiet, job.orders)
    return span, simulate(war, values, span.draws(), how, span.kept, point=span.point_of_draw())


@lru_cache(maxsize=2)
def _prepared(job: Any) -> tuple[War, Inputs]:
    war = prepare(job.scenario, job.design.horizon)
    return war, inputs_of(war, job.design.seed)
