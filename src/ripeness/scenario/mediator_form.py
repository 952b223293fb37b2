"""The form of a mediator: what a patron that works for a peace knows, pays, threatens, guarantees and watches."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ripeness.scenario.faction_form import ScenarioPart, Share, StakesMonthly
from ripeness.scenario.number_field import NumberField
from ripeness.world.quantity import Quantity, Scale


class Mediator(ScenarioPart):
    """What a patron can bring to a peace at full effort; how hard it tries its factions decide (role mediation)."""

    information: Share = Field(
        description="share that it shows of a zone that is not seen, and how much it tells each side of the other"
    )
    payments: dict[str, Share] = Field(
        default_factory=dict,
        description="belligerent -> what it adds to a peace for that side, in shares of the stake",
    )
    threats: dict[str, Share] = Field(
        default_factory=dict, description="belligerent -> share of its own aid that it holds back while war goes on"
    )
    penalties: dict[str, StakesMonthly] = Field(
        default_factory=dict, description="belligerent -> what a month of fighting on costs each of its factions"
    )
    guarantee: Share | None = Field(default=None, description="how far it binds both sides to a peace")
    monitoring: Share | None = Field(
        default=None, description="how closely it watches a ceasefire and a peace: observers, peacekeepers"
    )
    cost: Annotated[Quantity, NumberField("index", 0, 100, Scale.LOG)] = Field(
        description="weariness that a year of full mediation costs it, in units of its weariness of the war"
    )


class PowerSharing(ScenarioPart):
    """How far a peace shares power with an armed movement, by dimension (Hartzell and Hoddie 2007)."""

    political: Share | None = Field(default=None, description="offices of government for the movement")
    military: Share | None = Field(default=None, description="its men in the army of the state, commands shared")
    territorial: Share | None = Field(default=None, description="autonomy for the territory that it speaks for")


__all__ = ["Mediator", "PowerSharing"]
