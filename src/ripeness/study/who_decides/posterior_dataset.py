"""Prior and posterior draws of power as labelled arrays, for netCDF and for ArviZ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from ripeness.store.atomic_write import write_file
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_prior
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault


def _axes(posterior: CouncilPosterior, start: date) -> dict[str, list[str]]:
    dates = [str(date_after(start, float(months))) for months in posterior.council.prior.knots]
    return {"date": dates, "faction": list(posterior.council.factions)}


def posterior_dataset(posterior: CouncilPosterior, start: date, attributes: Mapping[str, Any]) -> xr.Dataset:
    """Shares of power, after and before the evidence, and the log likelihood of each item.

    Shapes: power and prior_power (draw, date, faction); log_likelihood (draw, item).
    """
    axes = _axes(posterior, start)
    prior = sample_prior(posterior.council, particles=posterior.particles)
    labels = ("draw", "date", "faction")

    def share(unknowns: np.ndarray, long_name: str) -> tuple[tuple[str, ...], np.ndarray, dict[str, str]]:
        values = posterior.council.power(unknowns).transpose(2, 0, 1).astype(np.float32)
        return labels, values, {"units": "1", "long_name": long_name}

    return xr.Dataset(
        {
            "power": share(posterior.unknowns, "share of power, after the evidence"),
            "prior_power": share(prior, "share of power, before the evidence"),
            "log_likelihood": (
                ("draw", "item"),
                posterior.by_item.T,
                {"units": "1", "long_name": "log likelihood of an observation"},
            ),
        },
        coords={"draw": np.arange(posterior.particles), **axes, "item": [item.id for item in posterior.council.items]},
        attrs={
            **attributes,
            "polity": posterior.council.polity,
            "log_evidence": posterior.log_evidence,
            "log_evidence_sd": posterior.log_evidence_sd,
            "ancestors": posterior.ancestors,
        },
    )


def inference_data(posterior: CouncilPosterior, start: date, attributes: Mapping[str, Any]) -> Any:
    """The same in ArviZ's own form: posterior, prior and log likelihood, in one chain because particles are no chain.

    Raises: Fault where ArviZ is not installed.
    """
    try:
        import arviz
    except ImportError:
        raise Fault("ArviZ is not installed; `pip install ripeness[arviz]` brings it") from None
    data = posterior_dataset(posterior, start, attributes)

    def chain(name: str) -> np.ndarray:
        return np.asarray(data[name].values)[None]

    return arviz.from_dict(
        posterior={"power": chain("power")},
        prior={"power": chain("prior_power")},
        log_likelihood={"decision": chain("log_likelihood")},
        coords={key: list(data.coords[key].values) for key in ("date", "faction", "item")},
        dims={"power": ["date", "faction"], "decision": ["item"]},
        attrs=dict(data.attrs),
    )


def write_netcdf(data: xr.Dataset, path: Path) -> Path:
    """Write a dataset as netCDF, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    write_file(path, bytes(data.to_netcdf(engine="h5netcdf")))
    return path
