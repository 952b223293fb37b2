"""Frames: the labelled arrays of a run as flat tables: chances by month, numbers, experiments and outcomes by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ripeness.world.fault import Fault

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

MODEL = "ripeness"


def chances_frame(data: xr.Dataset, inputs: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ARG001  (all frames are asked alike)
    """A row a month and outcome: its probability, the spread over inputs, the Monte Carlo interval (both 90 %)."""
    probabilities = data[["p", "p_low", "p_high", "mc_low", "mc_high"]]
    return probabilities.to_dataframe().reset_index().rename(columns={"at": "month"})


def blend_frame(data: xr.Dataset, inputs: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ARG001
    """A row a month and class of end: the blend with its 90 % interval, and what model and record say.

    Raises: Fault where the run was not blended with the record of past conflicts.
    """
    if "blend" not in data:
        raise Fault("this run has no blend: its kind of conflict is unknown, or the record was left out")
    columns = {name: name.removeprefix("blend_") for name in ("blend_low", "blend_high", "blend_model", "blend_record")}
    frame = data[["blend", *columns]].to_dataframe().reset_index()
    return frame.rename(columns={"at": "month", "blend": "p", "class": "outcome", **columns})


def numbers_frame(data: xr.Dataset, inputs: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ARG001
    """A row a number that went in: path, value, 90 % interval, unit, kind, sources.
    Words and dates stand under said.
    """
    import pandas as pd

    columns = ("value", "low", "high", "unit", "kind", "sources", "said")
    rows = [
        {"path": path, **{key: number.get(key) for key in columns}, "sources": " ".join(number.get("sources", ()))}
        for path, number in inputs.items()
    ]
    return pd.DataFrame(rows)


def experiments_frame(data: xr.Dataset, inputs: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ARG001
    """A row a run: every uncertain number as it was drawn, then scenario, policy and model.

    This is the table of experiments of exploratory modelling (EMA Workbench); its rows are those of `outcomes_frame`.
    Shapes: (runs, numbers + 3).
    """
    import pandas as pd

    values = data["input"].transpose("number", "point").values[:, data["point_of_run"].values]
    frame = pd.DataFrame(values.T, columns=[str(name) for name in data["number"].values])
    labels = {"scenario": data["run"].values, "policy": str(data.attrs.get("reading", "")), "model": MODEL}
    return frame.assign(**labels)


def outcomes_frame(data: xr.Dataset, inputs: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ARG001
    """A row a run: how and when it ended, and what it cost; what belongs to somebody is named `what:whom`.

    Shapes: (runs, results).
    """
    import pandas as pd

    columns: dict[str, Any] = {"run": data["run"].values, "ending": endings(data)}
    for name, array in data.data_vars.items():
        if name in {"ending", "point_of_run"} or "run" not in array.dims:
            continue
        if array.ndim == 1:
            columns[str(name)] = array.values
            continue
        (axis,) = (dimension for dimension in array.dims if dimension != "run")
        for whom, values in zip(data[axis].values, array.transpose(axis, "run").values, strict=True):
            columns[f"{name}:{whom}"] = values
    return pd.DataFrame(columns)


def endings(data: xr.Dataset) -> Any:
    """How each run ended, in words. Shapes: returns (runs,)."""
    attributes = data["ending"].attrs
    words = dict(
        zip(map(int, np.atleast_1d(attributes["flag_values"])), str(attributes["flag_meanings"]).split(), strict=True)
    )
    return np.array([words[int(code)].replace("_", " ") for code in data["ending"].values], dtype=object)


FRAMES: Mapping[str, Callable[[xr.Dataset, Mapping[str, Any]], pd.DataFrame]] = {
    "chances": chances_frame,
    "blend": blend_frame,
    "numbers": numbers_frame,
    "experiments": experiments_frame,
    "outcomes": outcomes_frame,
}
