"""Ship: from a posterior to the parameter points from which every run draws."""

from __future__ import annotations

import numpy as np

from ripeness.scenario.model_parameters import parameter_field
from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.validation.calibrate.posterior import ParameterPosterior

# Parameters of which the record says clearly more than chance does, and that multiply the same in a stated scenario as
# in the coded wars (docs/textbook/calibration.md). The other parameters of a fit are ranges of laws.yaml.
SHIPPED_LAWS = ("exchange", "freeze", "removal", "removal_defeat", "volatility")
RECORD = (
    "{wars} interstate wars of the Correlates of War (Inter-State War Data v4.0), with UCDP terminations and Archigos"
)
CITATION = "Sarkees and Wayman 2010, Resort to War; Kreutz 2010; Goemans, Gleditsch and Chiozza 2009"


def points_to_ship(posterior: ParameterPosterior, version: str, seed: int) -> ParameterPoints:
    """The points of a posterior, with the parameters that scenarios take from it.

    `version` names the fit, `seed` is that of its search. A posterior whose points all weigh alike ships equal weights.
    """
    values = posterior.values()
    rows = []
    for name in SHIPPED_LAWS:
        admits = parameter_field(name)
        rows.append(np.clip(values[name], admits.low, admits.high))
    provenance = {
        "version": version,
        "seed": str(seed),
        "record": RECORD.format(wars=len(posterior.numbers)),
        "citation": CITATION,
        "effective": f"{posterior.effective:.0f}",
    }
    weight = posterior.weight * len(posterior.weight)
    return ParameterPoints(SHIPPED_LAWS, np.array(rows), weight, provenance).in_order()
