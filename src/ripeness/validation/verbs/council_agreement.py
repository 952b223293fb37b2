"""Agreement between coders of councils: two codings of the same decisions held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import plain_value
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    from ripeness.scenario.council import CouncilDecision
    from ripeness.show.table import Layout
    from ripeness.validation.councils.agreement import CodingAgreement, CouncilPair
    from ripeness.validation.councils.recoded_scores import RecodedScores


@dataclass(frozen=True, slots=True)
class CouncilAgreement(Notebook):
    """How far two codings agree, and what the second does to scores and leader weights (`scores`, if asked for).

    `once` names decisions that only one of the folders holds.
    """

    coding: CodingAgreement
    scores: RecodedScores | None
    once: tuple[str, ...]
    version: str

    def __repr__(self) -> str:
        """One line: how far the coders agree."""
        return f"CouncilAgreement({self.sentence()})"

    def sentence(self) -> str:
        """How far the coders agree, and whether the conclusions hold."""
        return " ".join([self.coding.sentence(), *([self.scores.sentence()] if self.scores else [])])

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON; what does not exist is null."""
        return plain_value(
            {
                "sentence": self.sentence(),
                **asdict(self.coding),
                "scores": asdict(self.scores) if self.scores else None,
                "once": self.once,
                "intervals": "90 %, whole decisions drawn again",
                "version": self.version,
            }
        )

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.validation.show.agreement_tables import agreement_tables

        return agreement_tables(self.coding, self.scores)

    def rows(self) -> list[dict[str, Any]]:
        """One row a number that both coders set, for a table."""
        return [
            {
                "variable": row.name,
                "unit": row.unit,
                "metric": row.metric,
                "n": row.n,
                "alpha": row.alpha.value,
                "low": row.alpha.low,
                "high": row.alpha.high,
                "difference": row.difference,
                "equal": row.equal,
            }
            for row in self.coding.variables
        ]


def compare_codings(first: str | Path | None, second: str | Path | None, *, scores: bool) -> CouncilAgreement:
    """Compare two folders, or the two codings that are shipped; with `scores` under every rule as well.

    Raises: Fault where only one folder is named, a file breaks the rules of coding, no decision is in both folders, or
    the two codings of a decision do not list the same options and members in the same order.
    """
    from ripeness.scenario.council import recoded_council_files, shipped_council_files, shipped_councils
    from ripeness.validation.councils.agreement import coding_agreement
    from ripeness.validation.councils.recoded_scores import recoded_scores
    from ripeness.world.version import __version__

    if (first is None) != (second is None):
        named = first if second is None else second
        raise Fault("two folders are wanted, the first coding and the second; or none, for those shipped", _at(named))
    if first is None or second is None:
        files = list(shipped_council_files()), list(recoded_council_files())
    else:
        files = _decision_files(Path(first)), _decision_files(Path(second))
    first_coding, second_coding = (_by_id(paths) for paths in files)
    pairs = paired_codings(first_coding, second_coding)
    ids = {council.id for council, _ in pairs}
    others = [council for council in shipped_councils() if council.id not in ids]
    return CouncilAgreement(
        coding_agreement(pairs),
        recoded_scores(pairs, others) if scores else None,
        tuple(sorted((first_coding.keys() | second_coding.keys()) - ids)),
        __version__,
    )


def paired_codings(
    first: dict[str, tuple[CouncilDecision, Path]], second: dict[str, tuple[CouncilDecision, Path]]
) -> list[CouncilPair]:
    """The decisions that both codings hold, in order of id.

    Raises: Fault where there is none, or where two codings of one decision list other options or members.
    """
    common = sorted(first.keys() & second.keys())
    if not common:
        raise Fault(
            f"no decision is coded in both; the first has {_some(first)}, the second {_some(second)}",
            _at(next((path for _, path in second.values()), None)),
        )
    for id_ in common:
        (council, _), (other, path) = first[id_], second[id_]
        _require_same("options", council.option_keys, other.option_keys, path)
        keys, other_keys = (tuple(member.key for member in coded.members) for coded in (council, other))
        _require_same("members", keys, other_keys, path)
    return [(first[id_][0], second[id_][0]) for id_ in common]


def _require_same(part: str, keys: Sequence[str], other_keys: Sequence[str], path: Path) -> None:
    from ripeness.scenario.yaml_tree import read_tree

    if tuple(keys) != tuple(other_keys):
        raise Fault(
            f"two codings of a decision list the same {part} in the same order: {', '.join(keys)}; not"
            f" {', '.join(other_keys)}",
            read_tree(path).at((part,)).key,
        )


def _decision_files(folder: Path) -> list[Path]:
    """The decisions in a folder, in order of name; other files are left out."""
    from ripeness.scenario.council import is_council

    if not folder.is_dir():
        raise Fault("this is no folder; a coding is a folder of files that begin with 'form: council/1'", _at(folder))
    paths = sorted(path for path in folder.iterdir() if is_council(path))
    if not paths:
        raise Fault("there is no decision of a council here: no file with 'form: council/1'", _at(folder))
    return paths


def _by_id(paths: Iterable[Path]) -> dict[str, tuple[CouncilDecision, Path]]:
    from ripeness.scenario.council import read_council

    return {council.id: (council, path) for path in paths for council in [read_council(path)]}


def _some(coding: dict[str, Any]) -> str:
    """A few ids of a coding."""
    return ", ".join(sorted(coding)[:3]) + (", ..." if len(coding) > 3 else "")


def _at(path: str | Path | None) -> Place | None:
    return Place(str(path)) if path is not None else None
