"""Judge words: in a sentence or two, what the differences between judges do to an answer."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.target_words import outcome_in_words
from ripeness.show.words import bare_percent
from ripeness.study.judge_variance import JudgeDisagreement, JudgeVariance
from ripeness.world.wording import join_words

MOST_NAMED = 3  # numbers that the sentence names


def judges_sentence(disagreement: JudgeDisagreement, names: Mapping[str, str]) -> str:
    """How far judges differ on the outcome, in which numbers, and how that compares with their own ranges.

    `names` of polities by key. A part is called clear where it exceeds chance (90 %).
    """
    if not disagreement.groups:
        return "The judges do not differ in any number."
    chances = disagreement.chances.values()
    ends = tuple(dict.fromkeys((bare_percent(min(chances)), bare_percent(max(chances)))))
    label = outcome_in_words(disagreement.outcome, names)
    subject = f"The judges differ in {_where(disagreement)}: {label} {' to '.join(ends)} in 100"
    if not disagreement.clear:
        return f"{subject}, no further apart than by chance in {disagreement.draws:,} runs each."
    return f"{subject}. {_cause(disagreement)}{_against_within(disagreement)}"


def _where(disagreement: JudgeDisagreement) -> str:
    """In which numbers they differ: the only one by name, else how many."""
    if len(disagreement.numbers) == 1:
        return f"one number, {disagreement.numbers[0].label}"
    return f"{len(disagreement.numbers)} numbers" if disagreement.numbers else "many numbers"


def _cause(disagreement: JudgeDisagreement) -> str:
    leading = disagreement.leading or tuple(group for group in disagreement.groups if group.low > 0)
    if not leading:
        return "Which numbers make the difference cannot be told."
    return f"It comes from {join_words([_with_share(part) for part in leading[:MOST_NAMED]])}."


def _with_share(part: JudgeVariance) -> str:
    return f"{part.label} ({100 * part.share:.0f} %, {100 * part.low:.0f} to {100 * part.high:.0f})"


def _against_within(disagreement: JudgeDisagreement) -> str:
    """Between judges against within: as standard deviations in points, which a reader can hold against the answer."""
    between, within = (100 * variance**0.5 for variance in (disagreement.between, disagreement.within))
    return f" Between judges it varies by {between:.1f} points, within one judge's ranges by {within:.1f}."
