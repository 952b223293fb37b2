"""The table of all rules: by its name here, a scenario, a command or a study picks how factions decide."""

from __future__ import annotations

from ripeness.decision.rule import CAPTOR, FOLLOWS, NOISE, QUOTA, RISK, ROUNDS, VICTORY, Rule

KTAB = "Wise, Lester and Efird 2015 (KTAB)"
_ALL = (
    Rule("weighted_mean", "Weighted mean: All compromise", "Van den Bos 1991; Achen 2006"),
    Rule("weighted_median", "Weighted median: The pivot decides", "Black 1948, pp. 23-34"),
    Rule(
        "pivot_or_leader",
        "Pivot or leader: A choice follows one of them",
        "Black 1948; the record of councils",
        uses=(FOLLOWS,),
    ),
    Rule("quota", "Quota: The least a coalition accepts", "Putnam 1988; Tsebelis 2002", uses=(QUOTA,)),
    Rule("nash_bargaining", "Nash bargaining: All must agree", "Nash 1950; Harsanyi and Selten 1972"),
    Rule("quantal", "Quantal response: Better ideas win more often", "McKelvey and Palfrey 1995", uses=(NOISE,)),
    Rule(
        "condorcet",
        "Probabilistic Condorcet: Votes pair by pair",
        KTAB,
        function="conditional",
        uses=(VICTORY, RISK),
    ),
    Rule(
        "condorcet-markov",
        "Probabilistic Condorcet: Votes in the long run",
        KTAB,
        file="condorcet",
        function="markov",
        uses=(VICTORY, RISK),
    ),
    Rule(
        "condorcet-ktab",
        "Probabilistic Condorcet: All issues at once, as KTAB votes",
        KTAB,
        file="condorcet",
        function="ktab",
        uses=(VICTORY,),
        joint=True,
    ),
    Rule(
        "challenge-scholz-table2",
        "Challenge: As in the printed table",
        "Scholz, Calbert and Smith 2011, Table 2",
        file="challenge",
        function="scholz_table2",
        uses=(ROUNDS,),
        in_rounds="scholz_table2_rounds",
    ),
    Rule(
        "challenge-eq31",
        "Challenge: By the printed equations",
        "Scholz, Calbert and Smith 2011, eq. 31",
        file="challenge",
        function="eq31",
        uses=(ROUNDS,),
        in_rounds="eq31_rounds",
    ),
    Rule("exchange", "Position exchange: Pairs trade across issues", "Stokman and Van Oosten 1994", joint=True),
    Rule("unitary", "Unitary: One mind", "Allison 1971, Model I"),
    Rule("capture", "Capture: One decides alone", "Stigler 1971; Olson 1965", uses=(CAPTOR,)),
)

TABLE: dict[str, Rule] = {rule.name: rule for rule in _ALL}
"""Every rule by name; the weighted mean first, as the baseline that no rule beats by much on the record of the EU."""
RULE_NAMES = tuple(sorted(TABLE))
"""What a scenario may write as the rule of an issue (`capture` with the faction: `capture:FACTION`)."""
