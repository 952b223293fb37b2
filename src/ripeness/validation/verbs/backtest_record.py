"""Backtest of the record: how well the hazards forecast the ends of conflicts that they have not seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.parameter_points import CIVIL_FILE as CIVIL_POINTS
from ripeness.scenario.parameter_points import shipped_points
from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.json_text import json_text, plain_value
from ripeness.study.progress import Progress
from ripeness.study.record.civil_counts import FILE as CIVIL_FILE
from ripeness.study.record.civil_counts import shipped_civil_counts
from ripeness.study.record.coefficients import FILE, shipped_coefficients
from ripeness.study.record.kind_counts import FILE as COUNTS_FILE
from ripeness.validation.calibrate.civil_fit import counts_of
from ripeness.validation.conflicts.civil_dyads import civil_counts
from ripeness.validation.conflicts.civil_held_out import (
    CivilScores,
    civil_scores,
    forecasts_by_point,
    weights_leaving_out,
)
from ripeness.validation.conflicts.comparison import RecordComparison, compare_forecasts
from ripeness.validation.conflicts.dyads import Episode, read_dyads
from ripeness.validation.conflicts.exposure import Exposure, exposure
from ripeness.validation.conflicts.held_out import (
    ConflictForecasts,
    by_shipped,
    forward_in_time,
    leave_conflicts_out,
    taught_by,
)
from ripeness.validation.conflicts.interstate import read_interstate_wars
from ripeness.validation.conflicts.kind_counts import counts_by_kind
from ripeness.validation.conflicts.landmarks import TABLE_MONTHS
from ripeness.validation.conflicts.life_table import TABLE_FILE, life_table, shipped_life_table
from ripeness.validation.conflicts.shipping import fit_record
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Layout

LEAVE_ONE_OUT = "each conflict by all others of the file"
FORWARD = "forward in time: each five years by all before them"
# Of the template at each shipped point. Chance of 8 runs makes it look worse by .08 nats; 24 and 64 agree to .01.
TEMPLATE_RUNS, SCORE_SEED = 24, 11
SHIPPED = "by the shipped coefficients, conflicts that they were not fitted to"
TAUGHT = "by what --train teaches"


@dataclass(frozen=True, slots=True)
class RecordBacktest(Notebook):
    """What was scored, and what was shipped of it where that was asked."""

    file: str
    episodes: int
    conflicts: int
    ended: int
    comparisons: tuple[RecordComparison, ...]
    civil: tuple[CivilScores, ...]
    notes: tuple[str, ...]
    shipped: tuple[Path, ...]

    def layout(self) -> Layout:
        """The scores as tables."""
        from ripeness.validation.show.record_score_tables import tables

        return tables((self.episodes, self.conflicts, self.ended), self.comparisons, self.civil, self.notes)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a score."""
        return [
            {"held_out": comparison.held_out, "score": name, **_flat(score)}
            for comparison in self.comparisons
            for name, scores in (
                ("log", (comparison.log, *comparison.by_kind, *comparison.by_fought)),
                ("brier", comparison.brier),
            )
            for score in scores
        ]

    def plain(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "file": self.file,
            "episodes": self.episodes,
            "conflicts": self.conflicts,
            "ended": self.ended,
            "comparisons": [plain_value(_with_inside(comparison)) for comparison in self.comparisons],
            "civil": [plain_value(asdict(score)) for score in self.civil],
            "notes": list(self.notes),
            "intervals": "90 %, clustered by conflict; a difference below 0: better than the life table",
        }


def backtest_record(
    path: str | Path,
    *,
    interstate: str | Path | None = None,
    train: str | Path | None = None,
    ship: Path | None = None,
    template: bool = False,
    progress: Progress | None = None,
) -> RecordBacktest:
    """Score the hazards of the record on a file of terminations by dyad, beside a life table by kind.

    `interstate` is a tidy file of wars, of which those before 1946 teach, too; `train` another file by dyad on which
    everything is fitted for one more score. `template` scores the civil template of the war model beside the record,
    by the shipped points with each conflict's own counts taken out. `ship` is a folder for the coefficients, counts
    and the life table fitted on all.

    Raises: Fault, with file and line, where a file cannot be read.
    """
    episodes = read_dyads(path)
    early = () if interstate is None else read_interstate_wars(interstate)
    record, scored = exposure((*episodes, *early)), exposure(episodes)
    notes: list[str] = []
    candidates = [
        (LEAVE_ONE_OUT, leave_conflicts_out(record, progress)),
        (FORWARD, forward_in_time(record)),
    ]
    if train is not None:
        teachers = exposure((*read_dyads(train), *early))
        notes += _left_out(scored, teachers.conflict.tolist(), "stand in the file of --train, too, and are not scored")
        candidates.append((TAUGHT, taught_by(teachers, scored)))
    else:
        seen = shipped_coefficients().conflicts
        notes += _left_out(scored, seen, "taught the shipped coefficients, and are not scored by those")
        candidates.append((SHIPPED, by_shipped(shipped_coefficients(), shipped_life_table(), scored)))
    civil = _score_template(scored, candidates) if template else ()
    comparisons = []
    for name, forecasts in candidates:
        comparison = compare_forecasts(name, forecasts)
        if comparison is None:
            notes.append(f"Nothing to score {name}.")
        else:
            comparisons.append(comparison)
    files = () if ship is None else _ship(ship, (*episodes, *early), record)
    ended = sum(bool(episode.end) for episode in episodes)
    conflicts = len({episode.conflict for episode in episodes})
    return RecordBacktest(str(path), len(episodes), conflicts, ended, tuple(comparisons), civil, tuple(notes), files)


def _score_template(record: Exposure, candidates: Sequence[tuple[str, ConflictForecasts]]) -> tuple[CivilScores, ...]:
    """Score the civil template beside every way in which the record's hazards are held out, but forward in time."""
    compared = counts_of(shipped_civil_counts())
    points = forecasts_by_point(shipped_points(CIVIL_POINTS), compared, TEMPLATE_RUNS, SCORE_SEED)
    taught = shipped_coefficients().conflicts
    seen = [episode for episode in record.episodes if episode.conflict in taught]
    spread = compared.spread.reshape(points.hazards.shape[1:])
    weights = weights_leaving_out(exposure(seen), points, spread) if seen else {}
    scores = [civil_scores(name, forecasts, points, weights) for name, forecasts in candidates if name != FORWARD]
    return tuple(score for score in scores if score is not None)


def _left_out(scored: Exposure, teachers: Collection[str], why: str) -> list[str]:
    """How many conflicts a score leaves out since they taught, in a sentence; nothing where there are none."""
    conflicts = set(scored.conflict.tolist())
    shared = len(conflicts & set(teachers))
    return [f"{shared:,} of {len(conflicts):,} conflicts {why}."] if shared else []


def _ship(folder: Path, episodes: Sequence[Episode], record: Exposure) -> tuple[Path, ...]:
    """Write coefficients and counts by kind for the program, and the life table for its proof."""
    fitted = fit_record(episodes, datetime.now(UTC).date().isoformat())
    texts = {
        FILE: json_text(fitted.plain(), indent=None),
        CIVIL_FILE: json_text(civil_counts(episodes).plain(), indent=None),
        COUNTS_FILE: json_text(counts_by_kind(episodes), indent=None),
        TABLE_FILE: json_text(life_table(record.spells, TABLE_MONTHS).plain(), indent=None),
    }
    make_folder(folder)
    paths = tuple(folder / name for name in texts)
    for path, text in zip(paths, texts.values(), strict=True):
        write_file(path, text + "\n")
    return paths


def _flat(score: Any) -> dict[str, Any]:
    values = asdict(score)
    difference = values.pop("difference")
    return {**values, "difference": difference["value"], "low": difference["low"], "high": difference["high"]}


def _with_inside(comparison: RecordComparison) -> dict[str, Any]:
    values = asdict(comparison)
    values["calibration"] = [
        {**part, "inside": calibrated.inside}
        for part, calibrated in zip(values["calibration"], comparison.calibration, strict=True)
    ]
    return values
