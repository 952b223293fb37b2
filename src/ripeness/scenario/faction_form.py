"""The form of a faction: an institution or an interest inside a polity, with its traits."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ripeness.scenario.date_field import Day
from ripeness.scenario.number_field import NumberField
from ripeness.world.quantity import Quantity, Scale

Share = Annotated[Quantity, NumberField("share", 0, 1, Scale.LOGIT)]
Index = Annotated[Quantity, NumberField("index", 0, 1000, Scale.LOG)]
Stakes = Annotated[Quantity, NumberField("stakes", 0, 100, Scale.LOG)]
StakesMonthly = Annotated[Quantity, NumberField("stakes per month", 0, 10, Scale.LOG)]
LogRatio = Annotated[Quantity, NumberField("log ratio", -10, 10)]
Rate = Annotated[Quantity, NumberField("per month", 0, 10, Scale.LOG)]
Response = Annotated[Quantity, NumberField("index", -10, 10)]


class ScenarioPart(BaseModel):
    """What every part of a scenario file shares: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class TraitsForm(ScenarioPart):
    """What a faction wants, believes, earns and risks. Archetypes give defaults for all of it."""

    stake_value: Annotated[Quantity, NumberField("stakes", 0.01, 100, Scale.LOG)] = Field(
        description="value of holding the whole stake; the unit in which costs are weighed"
    )
    casualty_aversion: Annotated[Quantity, NumberField("stakes per death per million", 0, 1, Scale.LOG)] = Field(
        description="cost of one death per million inhabitants"
    )
    exposure: StakesMonthly = Field(description="monthly cost to it of a wholly lost economy")
    war_gain: StakesMonthly = Field(description="what it earns a month from fighting at full intensity")
    trade_rent: StakesMonthly = Field(description="monthly rent that flows while its issue stands at the open end")
    optimism: LogRatio = Field(description="belief about the log strength ratio, over the truth at the start")
    stubbornness: Annotated[Quantity, NumberField("precision", 0.01, 1000, Scale.LOG)] = Field(
        description="precision of that belief at the start"
    )
    informedness: Share = Field(description="weight on true rather than reported losses")
    office: Stakes = Field(description="K1: cost of losing office, if it is culpable")
    punishment: Stakes = Field(description="K2: cost of exile, prison or death, if it is culpable")
    peace_cost: Stakes = Field(description="later cost of living under a peace, whatever its terms")
    audience_cost: Stakes = Field(description="cost per share of retreat below publicly stated terms")
    organisation: Share = Field(description="how far it can act together")
    distance: Share = Field(description="distance to the capital: 0 in it, 1 as far as can be")
    obstruction: Share = Field(description="capacity to obstruct effort beyond its own position")
    exit_rate: Rate = Field(description="monthly hazard of leaving once below the loyalty line; 0 is no exit option")
    loyalty: Share = Field(description="dissatisfaction that it bears before it may leave")
    war_weight: Response = Field(
        description="growth of its power a month, in logarithms, while war is at full intensity"
    )
    credit: Response = Field(description="change of its power, in logarithms, for a front that moves by one log-odds")
    arms: Share | None = Field(
        default=None,
        description="weight of what it commands among the forces of its polity; without it none of its own",
    )
    fights_on: Share | None = Field(
        default=None, description="chance that it fights on with its arms when it leaves its polity; without it none"
    )


class FactionStatement(ScenarioPart):
    """A dated record of where a faction stood on an issue: a speech, a memorandum, a vote, a demand."""

    date: Day
    issue: str
    position: Share = Field(description="where the faction stood on the issue (a range is allowed)")
    grade: str | None = Field(
        default=None, pattern=r"^[A-F][1-6]$", description="Admiralty code; without it the best grade of its sources"
    )
    source: str | tuple[str, ...]
    note: str = ""


class FactionForm(ScenarioPart):
    """One faction as a file states it; traits that are left out come from its archetype."""

    name: str = Field(default="", max_length=80)
    archetype: str
    power: Share | None = None
    leads: bool = False
    veto: bool = False
    culpable: bool = False
    public: bool = False
    rent_issue: str | None = None
    positions: dict[str, Share] = Field(default_factory=dict)
    salience: dict[str, Share] = Field(default_factory=dict)
    statements: tuple[FactionStatement, ...] = Field(
        default=(), description="where it stood on issues at other dates: its positions move along this series"
    )
    responds: dict[str, dict[str, Response]] = Field(
        default_factory=dict,
        description="issue -> driver -> how far its position moves when the driver moves from 0 to 1",
    )
    traits: TraitsForm
    note: str = ""
