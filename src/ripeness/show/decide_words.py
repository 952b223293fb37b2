"""An actor table, decided, in a sentence: where most rules put the outcome, and which stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ripeness.world.wording import join_words

NEAR = 0.15  # of the axis: rules whose outcomes lie within this agree
MOST_NAMED = 3  # rules and issues that a sentence names


def rule_words(rule: str) -> str:
    """A rule's name as one says it.

    >>> rule_words("weighted_mean")
    'weighted mean'
    """
    return rule.replace("_", " ")


def largest_agreement(outcomes: Sequence[float], span: float) -> tuple[int, ...]:
    """The largest group of outcomes within a window of the axis, by their places; the first where two are as large.

    >>> largest_agreement([1.0, 5.0, 5.2, 9.0], 10.0)
    (1, 2)
    """
    best: tuple[int, ...] = ()
    for start in sorted(outcomes):
        group = tuple(n for n, value in enumerate(outcomes) if start <= value <= start + NEAR * span)
        best = group if len(group) > len(best) else best
    return best


def decision_sentence(decided: Any, spans: Sequence[float] = ()) -> str:
    """What the rules make of a table, issue by issue; `spans` are the lengths of the issues' axes."""
    sentences = []
    for n, issue in enumerate(decided.issues[:MOST_NAMED]):
        span = spans[n] if n < len(spans) else None
        sentences.append(_issue_sentence(issue, span, named=len(decided.issues) > 1))
    more = len(decided.issues) - MOST_NAMED
    return " ".join([*sentences, *([f"{more} more issues are below."] if more > 0 else [])])


def rule_rows(decided: Any) -> list[dict[str, Any]]:
    """What each rule decides on each issue, with its name and what it says in words, for a picture."""
    from ripeness.show.decide_tables import meaning_of_rule

    titles = decided.titles()
    return [
        {
            "issue": issue.issue,
            "rules": [
                {
                    "name": rule_words(answer.rule),
                    "says": meaning_of_rule(decided, answer.rule, titles),
                    "outcome": answer.outcome,
                    "low": answer.low,
                    "high": answer.high,
                }
                for answer in issue.rules
            ],
        }
        for issue in decided.issues
    ]


def _issue_sentence(issue: Any, span: float | None, *, named: bool) -> str:
    outcomes = [answer.outcome for answer in issue.rules]
    low, high = min(outcomes), max(outcomes)
    about = f"On {issue.issue}, " if named else ""
    first = issue.rules[0]
    mean = f"the {rule_words(first.rule)} is {first.outcome:.4g}"
    if len(outcomes) == 1:
        return _begun(f"{about}{mean}.")
    if high - low < 1e-9:
        return _begun(f"{about}all {len(outcomes)} rules come to {low:.4g}.")
    group = largest_agreement(outcomes, span or high - low)
    apart = [n for n in range(len(outcomes)) if n not in group]
    inside = [outcomes[n] for n in group]
    where = f"{min(inside):.4g} to {max(inside):.4g}" if max(inside) - min(inside) > 1e-9 else f"{inside[0]:.4g}"
    if not apart:
        return _begun(f"{about}all {len(outcomes)} rules agree on {where}; {mean}.")
    far = sorted(apart, key=lambda n: -abs(outcomes[n] - first.outcome))[:MOST_NAMED]
    named_rules = [f"{rule_words(issue.rules[n].rule)} ({outcomes[n]:.4g})" for n in far]
    others = join_words([*named_rules, *([f"{len(apart) - len(far)} more"] if len(apart) > len(far) else [])])
    return _begun(
        f"{about}{len(group)} of {len(outcomes)} rules come to {where}; {mean}. Others stand apart: {others}."
    )


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
