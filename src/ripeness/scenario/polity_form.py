"""The form of a polity: a state or a movement that decides, with its issues and resources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ripeness.scenario.date_field import Day
from ripeness.scenario.faction_form import (
    FactionForm,
    Index,
    LogRatio,
    Rate,
    Response,
    ScenarioPart,
    Share,
    Stakes,
    StakesMonthly,
    TraitsForm,
)
from ripeness.scenario.mediator_form import Mediator
from ripeness.scenario.number_field import NumberField
from ripeness.world.quantity import Quantity, Scale

People = Annotated[Quantity, NumberField("thousand persons", 0, 10_000_000, Scale.LOG)]
Flow = Annotated[Quantity, NumberField("thousand persons per month", 0, 100_000, Scale.LOG)]
Stock = Annotated[Quantity, NumberField("months of fighting", 0, 1000, Scale.LOG)]
Supply = Annotated[Quantity, NumberField("months of fighting per month", 0, 100, Scale.LOG)]
Money = Annotated[Quantity, NumberField("billion dollars", 0, 1_000_000, Scale.LOG)]

BelligerentRole = Literal["terms", "effort", "restraint", "reform", "alignment"]
PatronRole = Literal["aid", "sanctions", "trade", "mediation"]


class IssueForm(ScenarioPart):
    """An axis with two named ends; its role couples it to the war."""

    name: str = ""
    role: BelligerentRole | PatronRole | None = None
    ends: tuple[str, str] = Field(description="what 0 and what 1 mean")
    rule: str = Field(
        default="",
        description=(
            "decision rule; default: quota for terms, pivot_or_leader for a choice, weighted mean otherwise;"
            " capture:FACTION names who decides alone"
        ),
    )
    choice: bool = Field(
        default=False,
        description="whether it is a choice between courses, and not a matter of degree; terms of peace are not",
    )
    toward: str | None = Field(default=None, description="for aid, sanctions and trade: the polity it is about")
    hits: tuple[str, ...] = Field(default=(), description="for reform: the factions that lose by it")
    may_change: bool = Field(
        default=False,
        description="for alignment: whether an ally that turns away may join the other camp; if not, it leaves the war",
    )
    reference: Share | None = Field(default=None, description="what holds if nothing is decided")


class Resources(ScenarioPart):
    """What a belligerent fights with. Defaults are neutral: equal sides."""

    population: People
    forces: People = Field(description="forces committed at the start")
    pool: People = Field(description="people who could still be called up")
    call_up: Flow = Field(description="called up a month at full effort")
    quality: Index = Field(description="training, equipment and command, relative to the rival")
    munitions: Stock = Field(description="stock, in months of fighting at full intensity")
    production: Supply = Field(description="made a month at full effort with a whole economy")
    economy: Share = Field(description="output, as a share of what it was before the war")
    output: Money = Field(description="yearly output before the war, at market prices")
    deaths: Flow | None = Field(default=None, description="own military deaths a month around the start, if known")
    wounded: Index = Field(description="wounded per death")
    deaths_so_far: People
    displaced: People = Field(description="people displaced at the start")
    civilian_harm: Index = Field(description="civilian deaths per military death while fighting")
    occupation_harm: Annotated[Quantity, NumberField("persons per month", 0, 1_000_000, Scale.LOG)] = Field(
        description="deaths a month under rule by the rival, if it held the whole stake"
    )


class Conduct(ScenarioPart):
    """How a polity rules, reports and bargains."""

    leader_weight: Share = Field(description="lambda: 0 a mediator, 1 an autocrat")
    leader_share: Share = Field(description="chance that a choice between courses follows the leader, not the pivot")
    quota: Share = Field(description="share of effective power that must accept terms; .5 is a majority")
    noise: Annotated[Quantity, NumberField("share", 0.001, 1, Scale.LOG)] = Field(description="noise of its decisions")
    repression: Share
    reporting: Share = Field(description="share of its own losses that it reports")
    rearm: LogRatio = Field(description="log strength that it would gain over the rival in a truce")
    claim: Share = Field(description="worth of keeping the claim open when a front freezes, as a share of the stake")
    public_terms: Share | None = Field(default=None, description="share that it has publicly said it will hold")
    posture: Share = Field(
        description="share of the gap between stated terms and what traits imply that is bluff when first stated"
    )
    estimate_error: LogRatio = Field(description="error of its own estimate of its strength over the rival's")
    aim: Share = Field(description="share that would meet its political aim in full")
    guarantee: Share = Field(description="how far outsiders guarantee a peace against this polity's breaking it")
    defection: Index | None = Field(
        default=None, description="how much likelier dissatisfied factions leave than their traits say; without it 1"
    )


class Objective(ScenarioPart):
    """A stated aim of a polity, as weights on what a war's end brings."""

    name: str
    principal: bool = False
    weights: dict[Literal["share", "peace", "deaths", "output", "reform", "leader", "aims"], Response]


class Country(ScenarioPart):
    """The country's stated interests, for the one-leader actor model (not the leader's copy)."""

    traits: TraitsForm
    positions: dict[str, Share] = Field(default_factory=dict)
    responds: dict[str, dict[str, Response]] = Field(default_factory=dict)


class PolityForm(ScenarioPart):
    """A belligerent or a patron."""

    name: str = Field(default="", max_length=80)
    role: Literal["belligerent", "patron"]
    beside: str | None = Field(
        default=None,
        description="for an armed ally: the principal in whose camp it fights at the start",
    )
    kind: Literal["state", "movement"] = Field(
        default="state", description="a state, or an armed movement: rebels, a militia, a front of several groups"
    )
    regime: Literal["democracy", "mixed", "autocracy"] | None = Field(
        default=None, description="how a state is ruled; mixed where it is left out"
    )
    organisation: Literal["unified", "coalition", "fragmented"] | None = Field(
        default=None,
        description=(
            "how a movement is held together: one command, a coalition of groups that stay their own, or"
            " groups that hardly obey a centre; unified where it is left out"
        ),
    )
    power: Annotated[Quantity, NumberField("count", 1, 10_000)] | None = Field(
        default=None, description="concentration of a Dirichlet over the factions' power, instead of ranges on each"
    )
    conduct: Conduct
    terms_since: Day | None = Field(
        default=None,
        description="day on which a belligerent first stated its present terms; without one, that of the beginning",
    )
    resources: Resources | None = None
    aid_capacity: Supply | None = Field(default=None, description="munitions a month if aid stands at 1")
    sanctions_weight: Rate | None = Field(
        default=None, description="monthly loss of the target's economy if sanctions stand at 1"
    )
    trade_weight: Rate | None = Field(
        default=None, description="monthly loss of the target's economy if trade stands at 0"
    )
    reliability: Share | None = Field(default=None, description="share of decided aid and mediation that arrives")
    mediator: Mediator | None = Field(default=None, description="what it can bring to a peace, of a patron")
    issues: dict[str, IssueForm] = Field(default_factory=dict)
    factions: dict[str, FactionForm]
    objectives: tuple[Objective, ...] = ()
    country: Country

    @property
    def ruled_by(self) -> str:
        """The row of the tables of defaults: a state's regime, a movement's organisation."""
        return self.organisation or "unified" if self.kind == "movement" else self.regime or "mixed"


__all__ = ["Country", "Objective", "PolityForm", "Resources", "Stakes", "StakesMonthly"]
