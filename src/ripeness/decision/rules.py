"""The table of all rules: by its name here, a scenario, a command or a study picks how factions decide."""

from __future__ import annotations

from ripeness.decision import (
    capture,
    challenge,
    condorcet,
    exchange,
    nash_bargaining,
    quantal,
    quota,
    unitary,
    weighted_mean,
    weighted_median,
)
from ripeness.decision.rule import CAPTOR, NOISE, QUOTA, RISK, ROUNDS, VICTORY, Rule

_ALL = (
    Rule(
        "weighted_mean",
        weighted_mean.kernel,
        "Weighted mean: All compromise",
        "Van den Bos 1991; Achen 2006",
    ),
    Rule(
        "weighted_median",
        weighted_median.kernel,
        "Weighted median: The pivot decides",
        "Black 1948, pp. 23-34",
    ),
    Rule(
        "quota",
        quota.kernel,
        "Quota: The least a coalition accepts",
        "Putnam 1988; Tsebelis 2002",
        uses=(QUOTA,),
    ),
    Rule(
        "nash_bargaining",
        nash_bargaining.kernel,
        "Nash bargaining: All must agree",
        "Nash 1950; Harsanyi and Selten 1972",
    ),
    Rule(
        "quantal",
        quantal.kernel,
        "Quantal response: Better ideas win more often",
        "McKelvey and Palfrey 1995",
        uses=(NOISE,),
    ),
    Rule(
        "condorcet",
        condorcet.conditional,
        "Probabilistic Condorcet: Votes pair by pair",
        "Wise, Lester and Efird 2015 (KTAB)",
        uses=(VICTORY, RISK),
    ),
    Rule(
        "condorcet-markov",
        condorcet.markov,
        "Probabilistic Condorcet: Votes in the long run",
        "Wise, Lester and Efird 2015 (KTAB)",
        uses=(VICTORY, RISK),
    ),
    Rule(
        "condorcet-ktab",
        condorcet.ktab,
        "Probabilistic Condorcet: All issues at once, as KTAB votes",
        "Wise, Lester and Efird 2015 (KTAB)",
        uses=(VICTORY,),
        joint=True,
    ),
    Rule(
        "challenge-scholz-table2",
        challenge.scholz_table2,
        "Challenge: As in the printed table",
        "Scholz, Calbert and Smith 2011, Table 2",
        uses=(ROUNDS,),
        rounds=challenge.scholz_table2_rounds,
    ),
    Rule(
        "challenge-eq31",
        challenge.eq31,
        "Challenge: By the printed equations",
        "Scholz, Calbert and Smith 2011, eq. 31",
        uses=(ROUNDS,),
        rounds=challenge.eq31_rounds,
    ),
    Rule(
        "exchange",
        exchange.kernel,
        "Position exchange: Pairs trade across issues",
        "Stokman and Van Oosten 1994",
        joint=True,
    ),
    Rule(
        "unitary",
        unitary.kernel,
        "Unitary: One mind",
        "Allison 1971, Model I",
    ),
    Rule(
        "capture",
        capture.kernel,
        "Capture: One decides alone",
        "Stigler 1971; Olson 1965",
        uses=(CAPTOR,),
    ),
)

TABLE: dict[str, Rule] = {rule.name: rule for rule in _ALL}
"""Every rule by name; the weighted mean first, as the baseline that no rule beats by much on the record of the EU."""
