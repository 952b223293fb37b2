"""Begin: the situation at the start of a forecast, from the drawn inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.rule import DEFAULTS, NOISE, QUOTA, SETTINGS
from ripeness.war.fight import SURVIVORS
from ripeness.war.law import BARRIER, MIXED_LINE, OFFICE_LINE, PUNISHMENT_LINE
from ripeness.war.prepare import TRAITS, Side, War
from ripeness.war.situation import Array, Belligerent, Patron, Shared, Situation, Traits

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_POWER = 1e-6  # power has a logarithm
LEAST_QUALITY = 1e-3  # quality has a logarithm


def begin(war: War, drawn: Array, draws: NDArray[np.uint64]) -> Situation:
    """Set the scene: powers, positions, beliefs and means at the start.

    Shapes: drawn (K, R), one column a run; draws (R,), the numbers of the runs.
    """
    runs = drawn.shape[1]
    sides = [_belligerent(side, drawn) if side.fights else _patron(side, drawn) for side in war.sides]
    laws = np.ascontiguousarray(drawn[war.laws])
    held = np.clip(drawn[war.row["stake.held"]], 1e-6, 1 - 1e-6)
    front = np.clip(np.log(held / (1 - held)), -laws[BARRIER], laws[BARRIER])
    shared = Shared(
        draws=draws, laws=laws, happened=np.zeros((len(war.happenings), runs)), front=front, moved=np.zeros(runs),
        ratio=np.zeros(runs), luck=np.zeros(runs), intensity=np.zeros(runs), hidden=drawn[war.row["laws.hidden"]].copy(),
        mediation=drawn[war.row["talks.mediation"]].copy(), misperception=drawn[war.row["talks.misperception"]].copy(),
        guarantee=drawn[war.row["talks.guarantee"]].copy(), zone=np.zeros(runs), terms=np.zeros(runs),
    )
    return Situation(shared, sides)


def _polity(side: Side, drawn: Array) -> dict[str, object]:
    runs = drawn.shape[1]
    power = np.maximum(drawn[side.power], LEAST_POWER)
    power = power / power.sum(axis=0)
    many, issues = side.factions, len(side.issue_keys)
    stated = np.ascontiguousarray(drawn[side.stated])
    settings = np.repeat(DEFAULTS[:, None], runs, axis=1)
    settings[QUOTA] = drawn[side.conduct["quota"]]
    settings[NOISE] = drawn[side.conduct["noise"]]
    assert settings.shape[0] == SETTINGS  # noqa: S101  (the rules' own table)

    def rows() -> Array:
        return np.zeros((many, runs))

    def row() -> Array:
        return np.zeros(runs)

    return {
        "traits": Traits(**{name: np.ascontiguousarray(drawn[side.traits[n]]) for n, name in enumerate(TRAITS)}),
        "log_power": np.log(power), "power": power, "gone": rows(),
        "stated": stated, "position": stated.copy(), "salience": np.ascontiguousarray(drawn[side.salience]),
        "decided": np.zeros((issues, runs)), "reference": np.ascontiguousarray(drawn[side.reference]), "settings": settings,
        "leader_weight": drawn[side.conduct["leader_weight"]].copy(), "repression": drawn[side.conduct["repression"]].copy(),
        "weary": row(), "weary_start": row(), "pressure": row(), "pressure_start": row(), "front": row(), "front_start": row(),
        "rents": rows(), "rents_start": rows(), "participation": rows(), "participation_start": rows(),
        "reservation": rows(), "reservation_start": rows(),
        "responses": [(i, f, d, drawn[n].copy()) for i, f, d, n in side.responses],
    }


def _patron(side: Side, drawn: Array) -> Patron:
    return Patron(**_polity(side, drawn), **{name: drawn[n].copy() for name, n in side.patron.items()})  # type: ignore[arg-type]


def _belligerent(side: Side, drawn: Array) -> Belligerent:
    runs, many = drawn.shape[1], side.factions
    polity = _polity(side, drawn)
    traits = polity["traits"]
    assert isinstance(traits, Traits)  # noqa: S101  (built two lines above)
    means = {name: drawn[n].copy() for name, n in side.resources.items()}
    conduct = {name: drawn[n].copy() for name, n in side.conduct.items()}
    zeros = {name: np.zeros((many, runs)) for name in ("monthly", "shift", "worth", "weariness", "dissatisfied", "borne")}
    zeros |= {
        name: np.zeros(runs)
        for name in (
            "demand", "demand_start", "effort", "restraint", "reform", "ally", "jolt", "strain", "expected", "fresh", "usual",
            "leaked", "output_lost", "aid", "squeeze", "squeeze_level", "office_line", "punishment_line", "men", "skill",
            "removal", "collapse", "fell", "rival_cost",
        )
    }
    forces = np.maximum(means["forces"], SURVIVORS)
    return Belligerent(
        **polity,  # type: ignore[arg-type]
        **zeros,
        mean=traits.optimism.copy(), precision=traits.stubbornness.copy(),
        culpable=np.repeat(side.culpable[:, None], runs, axis=1),
        forces=forces, forces_start=forces.copy(), pool=means["pool"], munitions=means["munitions"], supplied=means["munitions"].copy(),
        economy=means["economy"], population=np.maximum(means["population"], SURVIVORS), call_up=means["call_up"],
        quality=np.maximum(means["quality"], LEAST_QUALITY), production=means["production"], scaling=np.ones(runs),
        wounded_ratio=means["wounded"], deaths=means["deaths_so_far"].copy(), deaths_start=means["deaths_so_far"].copy(),
        wounded=np.zeros(runs), reported=means["deaths_so_far"] * conduct["reporting"], displaced=means["displaced"].copy(),
        displaced_start=means["displaced"].copy(), reporting=conduct["reporting"], rearm=conduct["rearm"], claim=conduct["claim"],
        stated_terms=conduct["public_terms"], aim=conduct["aim"], guarantee=conduct["guarantee"], output=means["output"],
        civilian_harm=means["civilian_harm"], occupation_harm=means["occupation_harm"],
    )


def stated_deaths(side: Side, drawn: Array) -> Array | None:
    """Deaths a month that the scenario states for this belligerent, where it states any. Shapes: (R,)."""
    return drawn[side.resources["deaths"]] if side.states_deaths else None


def draw_lines(side: Side, polity: Belligerent, laws: Array) -> None:
    """Set the shares below which a culpable leader loses office, or more, by regime (Goemans 2000)."""
    held = 1 / (1 + np.exp(-polity.front))
    if side.regime == "mixed":
        polity.office_line[:] = polity.punishment_line[:] = laws[MIXED_LINE] * held
    else:
        polity.office_line[:] = laws[OFFICE_LINE] * held
        polity.punishment_line[:] = np.minimum(laws[PUNISHMENT_LINE], laws[OFFICE_LINE]) * held

