"""Shipped: the record of choices as the file that scenarios and `infer` read."""

from __future__ import annotations

from ripeness.scenario.choice_record import ANY_RULE, VOTING_RULES, CentreAndSpread
from ripeness.validation.councils.leader_weight import REGIMES
from ripeness.validation.councils.measure_choices import ChoiceFit

HEAD = """\
# How a body takes a choice between courses, on the record of councils: whether it follows its leader or its pivot (the
# weighted median by power times salience), and how noisily. Written by `ripeness councils weight --ship FILE`; a test
# holds the numbers to the fit. Each pair is [centre, standard deviation] for a body that is not on the record.
source: councils
"""


def choice_record_text(fit: ChoiceFit) -> str:
    """The file as text, in hundredths."""
    lines = [f"decisions: {fit.decisions}", f"bodies: {fit.bodies}", "pivot: weighted_median"]
    lines.append(
        "leader_share:  # log-odds that a choice follows the leader and not the pivot, by regime and voting rule"
    )
    for regime in REGIMES:
        cells = (f"{voting}: {_pair_text(fit.row(regime, voting).log_odds)}" for voting in (ANY_RULE, *VOTING_RULES))
        lines.append(f"  {regime}: {{{', '.join(cells)}}}")
    lines.append(f"noise: {_pair_text(fit.log_noise)}  # logarithm of the noise of a choice, as a share of the issue")
    return HEAD + "\n".join(lines) + "\n"


def _pair_text(pair: CentreAndSpread) -> str:
    return f"[{pair[0]:g}, {pair[1]:g}]"
