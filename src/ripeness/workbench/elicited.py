"""Elicited: sheets for judges, or what judges say together, and all that can be made of either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.scenario.judge_versions import JudgeVersion
    from ripeness.scenario.read import OpenedScenario
    from ripeness.study.elicitation.elicitation import Elicitation
    from ripeness.study.elicitation.pool import PooledJudgement
    from ripeness.world.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Elicited(StudyAnswer):
    """What is asked of judges and, once their sheets are read, what they say together."""

    value: Elicitation
    opened: OpenedScenario
    shown_by: ClassVar[str] = "elicit_tables"
    chart: ClassVar[str] = "elicitation.judge_intervals"

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a number: what is asked and, once sheets are read, the pool and each judge's figures."""
        pooled = self.value.pooled
        rows = []
        for question in self.value.questionnaire.questions:
            row = {
                "path": question.path,
                "whose": question.owner,
                "number": question.number,
                "meaning": question.meaning,
                "unit": question.field.unit,
                "least": question.field.low,
                "most": question.field.high,
            }
            if pooled is not None:
                row |= _ends("pooled", pooled.numbers.get(question.path))
            for sheet in self.value.sheets:
                numbers = pooled.judged[sheet.judge] if pooled is not None else sheet.numbers
                row |= _ends(sheet.judge, numbers.get(question.path))
            rows.append(row)
        return rows

    def plain(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        from ripeness.store.json_text import plain_value

        questionnaire = self.value.questionnaire
        plain: dict[str, Any] = {
            **self.setup.about(),
            "sentence": self.sentence(),
            "traits": list(questionnaire.traits),
            "questions": [dict(row) for row in self.rows()],
            "sheets": self.sheet_texts(),
            "intervals": "low to high is a 90 % interval, 5 to 95 %; best is the median",
        }
        if self.value.sheets:
            plain["judges"] = [
                {"judge": sheet.judge, "file": sheet.file.name, "no_opinion": list(sheet.abstained)}
                for sheet in self.value.sheets
            ]
            plain["warnings"] = list(self.value.warnings)
        pooled = self.value.pooled
        if pooled is not None:
            plain["pool"] = {
                "method": pooled.method,
                "weights": dict(pooled.weights),
                "scores": [asdict(score) for score in pooled.scores],
                "agreement": [asdict(row) for row in pooled.agreement],
                "kinds": [asdict(kind) for kind in pooled.kinds],
                "unjudged": list(pooled.unjudged),
            }
        if self.value.effect is not None:
            plain["effect"] = asdict(self.value.effect)
        return dict(plain_value(plain))

    def sheet_texts(self) -> dict[str, str]:
        """Each judge's sheet as comma-separated text, by file name."""
        from ripeness.scenario.judge_versions import judge_keys
        from ripeness.scenario.judge_workbook import sheet_text

        keys = judge_keys(self.value.judges)
        return {f"{key}.csv": sheet_text(self.value.questionnaire, judge) for judge, key in keys.items()}

    def sheet_files(self) -> dict[str, str | bytes]:
        """Each judge's sheet as an Excel workbook and as text, by file name.

        Raises: Fault where openpyxl is not installed.
        """
        from ripeness.scenario.judge_versions import judge_keys
        from ripeness.scenario.judge_workbook import sheet_workbook

        keys = judge_keys(self.value.judges)
        books = {f"{key}.xlsx": sheet_workbook(self.value.questionnaire, judge) for judge, key in keys.items()}
        return {**books, **self.sheet_texts()}

    def save(self, folder: str | Path) -> Path:
        """Write the sheets into a new folder or, once they are read, a version of the case for each judge and the pool.

        Versions may also go into the case's own folder. Whole or not at all; nothing that is there is replaced.

        Raises: Fault where there is nothing to write, something is there already, or it cannot be written.
        """
        from ripeness.scenario.judge_versions import write_versions
        from ripeness.store.atomic_write import write_folder

        if self.value.sheets:
            write_versions(self.opened, self.versions(), Path(folder))
        elif self.value.judges:
            write_folder(Path(folder), self.sheet_files())
        else:
            raise Fault("there is nothing to write: name judges, or sheets that are to be read")
        return Path(folder)

    def versions(self) -> tuple[JudgeVersion, ...]:
        """A version of the case for each judge and, of two judges or more, one for their pool.

        Where a judge has no opinion, the pool of the others stands in his or her version.
        """
        from ripeness.scenario.judge_versions import POOLED, JudgeVersion, judge_keys
        from ripeness.study.elicitation.compositions import close_powers

        sheets, pooled = self.value.sheets, self.value.pooled
        title = self.setup.scenario.title
        keys = judge_keys([sheet.judge for sheet in sheets])
        sources = {keys[sheet.judge]: (sheet.judge, f"{sheet.file.name}, sheet 'numbers'") for sheet in sheets}
        versions = []
        for sheet in sheets:
            key = keys[sheet.judge]
            numbers = pooled.of_judge(sheet.judge) if pooled is not None else close_powers(sheet.numbers)
            borrowed = frozenset(numbers) - frozenset(sheet.numbers)
            named = sources if borrowed else {key: sources[key]}
            about = f"The numbers of {sheet.judge}, laid over the version '{self.setup.scenario.coding}' of {title}."
            noted = {path: _noted(number, sheet.notes.get(path, "")) for path, number in numbers.items()}
            versions.append(JudgeVersion(key, f"The version of {sheet.judge}", about, noted, named, borrowed))
        if pooled is not None:
            weighed = {keys[judge]: sources[keys[judge]] for judge, weight in pooled.weights.items() if weight > 0}
            about = (
                f"The {pooled.method} pool of {join_words(list(pooled.judged))}, laid over the version"
                f" '{self.setup.scenario.coding}' of {title}."
            )
            versions.append(JudgeVersion(POOLED, "The pool of all judges", about, pooled.numbers, weighed))
        return tuple(versions)

    @property
    def pooled(self) -> PooledJudgement | None:
        """What the judges say together; None where fewer than two sheets were read."""
        return self.value.pooled

    def _shown(self) -> tuple[Any, ...]:
        return self.value, self.setup.scenario


def _ends(name: str, number: Quantity | None) -> dict[str, float | None]:
    low, best, high = (None, None, None) if number is None else number.interval()
    return {f"{name} low": low, f"{name} best": best, f"{name} high": high}


def _noted(number: Quantity, note: str) -> Quantity:
    from dataclasses import replace

    return replace(number, note=note) if note else number
