"""Recovery tables: what `infer` finds in the choices of simulated polities, of all and by number of factions."""

from __future__ import annotations

from ripeness.show.cell import bold, decimal_cell, dim, number_cell, row
from ripeness.show.number_cells import percent_cell
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.validation.inference.recovery import BINS, Recovery

NOTE = (
    "Power, positions and conduct are drawn from the prior of `infer` with nothing known of power. Expected: the share "
    "that should be found by the probabilities given. Uniform ranks: probability that ranks of the truth among draws "
    f"are as uneven by chance alone (chi-square, {BINS} bins)."
)


def recovery_tables(recovery: Recovery, sentence: str) -> Layout:
    """All figures, then the strongest faction found by number of factions."""
    return layout(bold(sentence), _figures(recovery), _by_factions(recovery), dim(NOTE))


def _figures(recovery: Recovery) -> Table:
    share, likelihood = recovery.uniformity()
    rows = [
        row("strongest faction found", percent_cell(recovery.recovered)),
        row("... expected", percent_cell(recovery.expected)),
        row("... by guessing", percent_cell(recovery.by_chance)),
        row("strongest is one of the two likeliest", percent_cell(recovery.among_two)),
        row("power of the strongest less that of the one found", decimal_cell(recovery.loss)),
        row("most say found, the leader's prerogative counted", percent_cell(recovery.say_recovered)),
        row("... expected", percent_cell(recovery.say_expected)),
        row("... by guessing", percent_cell(recovery.say_by_chance)),
        row("true shares inside their 90 % intervals", percent_cell(recovery.covered)),
        row("intervals narrower than before by", percent_cell(recovery.narrowing)),
        row("uniform ranks of true shares", decimal_cell(share)),
        row("uniform ranks of the truth's likelihood", decimal_cell(likelihood)),
    ]
    design = recovery.design
    record = "on record" if design.wanted else "not on record"
    leader = "; how often they follow the leader: known" if design.leader_known else ""
    title = (
        f"{len(recovery.polities)} polities, {design.choices} choices each among {design.options} options; who wanted "
        f"what: {record}{leader}"
    )
    return text_table(("what", "figure"), rows, numeric=("figure",), title=title)


def _by_factions(recovery: Recovery) -> Table:
    rows = []
    for n in sorted({polity.factions for polity in recovery.polities}):
        polities = [polity for polity in recovery.polities if polity.factions == n]
        cells = [
            number_cell(str(len(polities)), len(polities)),
            percent_cell(sum(polity.recovered for polity in polities) / len(polities)),
            percent_cell(sum(polity.p for polity in polities) / len(polities)),
            percent_cell(sum(polity.among_two for polity in polities) / len(polities)),
        ]
        rows.append(row(str(n), *cells))
    columns = ("factions", "polities", "found", "expected", "among two")
    return text_table(columns, rows, numeric=columns[1:], title="By number of factions")
