"""Facts of ripeness: what its page needs to say who blocks and to draw the ranges of every month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from ripeness.web.question import version_title

if TYPE_CHECKING:
    from ripeness.study.ripeness.bargaining_range import BargainingRange
    from ripeness.study.weighted_statistics import RunQuantiles
    from ripeness.workbench.across_versions import VersionVerdicts


def ripe_facts(result: Any) -> dict[str, Any]:
    """Sentences, ranges by month, conditions by faction, and who blocks."""
    from ripeness.show.ripe_answer import (
        blocks_sentence,
        condition_rows,
        demands_sentence,
        named_blockers,
        range_words,
        verdict_sentence,
    )

    ripeness, start = result.value, result.setup.day
    return {
        "verdict": verdict_sentence(ripeness, start),
        "demands": demands_sentence(ripeness.ranges[0]),
        "blocks": blocks_sentence(ripeness),
        "at_medians": 1 - ripeness.blockers.zone_at_medians,
        "blockers": [asdict(blocker) for blocker in named_blockers(ripeness)],
        "conditions": condition_rows(ripeness),
        "sides": list(ripeness.sides),
        "names": dict(ripeness.names),
        "words": range_words(ripeness, start),
        "ranges": [asdict(at) for at in ripeness.ranges],
        "versions": titled_verdicts(result.versions, result.setup.case).sentence(),
    }


def titled_verdicts(verdicts: VersionVerdicts, case: str) -> VersionVerdicts:
    """What other analysts' versions say, each version by its title."""
    return replace(
        verdicts,
        same=tuple(f"'{version_title(case, name)}'" for name in verdicts.same),
        other={f"'{version_title(case, name)}'": words for name, words in verdicts.other.items()},
    )


def read_range(plain: Mapping[str, Any]) -> BargainingRange:
    """A month's ranges from the plain values that they were kept as; what was not a number is none there."""
    from ripeness.study.ripeness.bargaining_range import BargainingRange, TermsStrip

    return BargainingRange(
        plain["month"],
        _quantiles(plain["demands"]),
        tuple(
            TermsStrip(strip["month"], strip["polity"], strip["faction"], _quantiles(strip["share"]))
            for strip in plain["strips"]
        ),
    )


def _quantiles(plain: Mapping[str, Any]) -> RunQuantiles:
    from ripeness.study.weighted_statistics import RunQuantiles

    return RunQuantiles(
        *(float("nan") if plain[name] is None else float(plain[name]) for name in ("low", "median", "high"))
    )
