"""The state of a war: every quantity has one line here, with its name, its unit and what it means.

A block holds the runs that are simulated together, BLOCK at most. What a quantity is of says how many rows of runs it
takes: one for the war (SHARED, PARAMETERS), one for each polity or faction (POLITY, FACTION), one for each issue or for
each issue and faction (ISSUE, STANCE), one for each response, event or effect of a scenario. A stage takes
such records and reads like its equation:

    for faction in factions:
        for r in range(n_runs):
            faction.costs_borne[r] += faction.monthly_cost[r] * step

A fact stands in the same record, is one number for all runs, and no stage changes it.
"""

from __future__ import annotations

from ripeness.decision.rule import SETTINGS
from ripeness.scenario.model_parameters import parameter_names
from ripeness.war.pathway import FIELDS
from ripeness.war.variable import BELLIGERENT, PATRON, Variable, fact, scratch, yes

BLOCK = 520  # runs simulated together: their block fits the second cache, and its rows do not start 4096 bytes apart
SIDES = 2  # belligerents of a war; they stand before the patrons

# Units that several quantities have.
SHARE, INDEX, ODDS, COUNT = "share", "index", "log odds", "thousand persons"
STAKE, FLAG, NORMAL, UNIFORM = "share of the stake", "0 or 1", "standard normal", "uniform in (0, 1)"
HAZARD, RATIO = "per month", "log strength ratio"

V = Variable

SHARED = (
    fact("n_runs", "how many runs of the block are still fighting; they are its first ones"),
    V("run_ids", "number", "the number of the run, under which its random numbers are drawn", kind="u8"),
    V("place", "number", "where in the block each run stood at first", kind="i8"),
    V("outcome", "code", "how the war ended, by world/outcome.py; 0 while it goes on"),
    V("months", "months", "how long it was fought"),
    V("share_fought", SHARE, "how much of the last step was fought"),
    V("front", ODDS, "the front, in the first belligerent's frame: log odds of the share of the stake that it holds"),
    V("moved", ODDS, "how far the front moved in the step"),
    V("ratio", RATIO, "log of the first belligerent's strength over its rival's"),
    V("mobility", SHARE, "how much of the speed with which fronts move at first is left"),
    V(
        "surprise_left",
        RATIO,
        "log strength that surprise still adds to the first belligerent, below 0 where its rival began the war",
    ),
    V("front_noise", NORMAL, "the chance that moved the front, which also blurs what fighting teaches"),
    V("intensity", SHARE, "intensity of the fighting"),
    V("mediation", "factor", "how much likelier mediation makes a settlement"),
    V("misperception", STAKE, "how much wider than it is the zone of agreement is seen"),
    V("guarantee", SHARE, "how far guarantors bind both sides to a peace"),
    V("zone", STAKE, "width of the zone of agreement; below 0 when there is none"),
    V("terms", STAKE, "what a settlement would give to the first belligerent"),
    scratch("hazard", HAZARD, "hazard of each way to end, by the codes of world/outcome.py less one", shape=(8,)),
    scratch("random", UNIFORM, "four random numbers a run", shape=(4,)),
    scratch("rows", "any", "rows that formulas work in", shape=(3,)),
)

PARAMETERS = (
    *(V(name, "as in laws.yaml", "a coefficient of the model") for name in parameter_names()),
    V("pace", "root of months", "root of the length of a step, see pace.py"),
)

POLITY = (
    V("leader_weight", SHARE, "what the leader adds to its own weight in decisions"),
    V("repression", INDEX, "how hard protest is repressed"),
    V(
        "mean_weariness",
        INDEX,
        "weariness of its factions, by power; of a patron see patronage.py",
    ),
    V("weariness_level", SHARE, "weariness as a driver of positions, see measure_drivers"),
    V("weariness_level_start", SHARE, "the same at the start"),
    V("pressure", INDEX, "pressure on the polity: ground lost, sanctions, economic loss and weariness"),
    V("pressure_level", SHARE, "pressure as a driver of positions"),
    V("pressure_level_start", SHARE, "the same at the start"),
    V("front", ODDS, "the front in its own frame; of a patron that of the side that it observes"),
    V("front_start", ODDS, "the same at the start"),
    V(
        "front_level",
        STAKE,
        "the front as a driver: the share that it gives",
    ),
    V("front_level_start", STAKE, "the same at the start"),
    V("discontent", SHARE, "participation in protest of the faction that protests most"),
    V("discontent_start", SHARE, "the same at the start"),
    V("settings", "any", "settings of its rules of decision, see decision/rule.py", shape=(SETTINGS,)),
    V("aid_capacity", "months of fighting", "what it can send in a month", PATRON),
    V("sanctions_weight", SHARE, "output that its sanctions take a month", PATRON),
    V("trade_weight", SHARE, "output that its trade is worth a month", PATRON),
    V("reliability", SHARE, "how much of what is decided arrives", PATRON),
    V("demand", STAKE, "its public demand: the share that it insists on", BELLIGERENT),
    V("demand_start", STAKE, "the same at the start", BELLIGERENT),
    V("effort", SHARE, "war effort, after obstruction", BELLIGERENT),
    V("restraint", SHARE, "means that it does not use", BELLIGERENT),
    V("reform", SHARE, "how far it cracks down on factions that reform hits", BELLIGERENT),
    V("forces", COUNT, "men under arms", BELLIGERENT),
    V("forces_start", COUNT, "the same at the start", BELLIGERENT),
    V("pool", COUNT, "men who can still be called up", BELLIGERENT),
    V("munitions", "months of fighting", "munitions in stock", BELLIGERENT),
    V(
        "supplied",
        "months of fighting",
        "munitions that the front can draw on: stock and a month's inflow",
        BELLIGERENT,
    ),
    V("economy", SHARE, "output, of that before the war; above 1 where it has grown", BELLIGERENT),
    V("drain", "share a month", "output that effort, fighting, sanctions and lost trade take", BELLIGERENT),
    V("population", COUNT, "population", BELLIGERENT),
    V("call_up", "thousand persons a month", "men called up at full effort", BELLIGERENT),
    V("quality", "ratio", "quality of its forces", BELLIGERENT),
    V("production", "months of fighting a month", "munitions made at full effort", BELLIGERENT),
    V("ally", RATIO, "strength that patrons who entered the war add", BELLIGERENT),
    V("front_shock", ODDS, "what events have done to its front and the step has not shown yet", BELLIGERENT),
    V("weariness_shock", INDEX, "what events have added to weariness", BELLIGERENT),
    V("loss_scale", "factor", "scale of its losses, from those that a scenario states", BELLIGERENT),
    V("wounded_ratio", "ratio", "wounded for each death", BELLIGERENT),
    V("expected_deaths", "thousand persons a month", "deaths that it must expect", BELLIGERENT),
    V("new_deaths", COUNT, "deaths in the step", BELLIGERENT),
    V("usual_deaths", "thousand persons a month", "deaths that its people are used to", BELLIGERENT),
    V("deaths", COUNT, "deaths so far", BELLIGERENT),
    V("deaths_start", COUNT, "the same at the start", BELLIGERENT),
    V("wounded", COUNT, "wounded since the start", BELLIGERENT),
    V("reported", COUNT, "deaths that it admits", BELLIGERENT),
    V("leaked", FLAG, "whether true losses leaked in the step", BELLIGERENT),
    V("displaced", COUNT, "people driven out so far", BELLIGERENT),
    V("displaced_start", COUNT, "the same at the start", BELLIGERENT),
    V("occupied", "months", "months since the start under the rival's rule, by the share not held", BELLIGERENT),
    V("output_lost", "billion dollars", "output not made since the start", BELLIGERENT),
    V("aid", "months of fighting a month", "munitions that patrons send", BELLIGERENT),
    V("output_squeeze", "share a month", "output lost to sanctions and lost trade", BELLIGERENT),
    V("squeeze_level", "share a year", "the same in a year", BELLIGERENT),
    V("reporting", SHARE, "share of new losses that it reports", BELLIGERENT),
    V("rearm", RATIO, "strength that it would gain by rearming in a truce", BELLIGERENT),
    V("claim", STAKE, "what keeping a claim open is worth to it when a front freezes", BELLIGERENT),
    V("posture", SHARE, "how much of the gap between stated terms and reservations is bluff", BELLIGERENT),
    V("bluff", SHARE, "how much of that bluff has not faded", BELLIGERENT),
    V("estimate_error", RATIO, "how much stronger than it is its own estimate puts it", BELLIGERENT),
    scratch("accepts_line", FLAG, "whether a quota of its factions would settle for the line held", BELLIGERENT),
    V("stated_terms", STAKE, "terms that it has stated in public; below 0 when none", BELLIGERENT),
    V("aim", STAKE, "the share that it went to war for", BELLIGERENT),
    V("guarantee", SHARE, "how far it is bound to a peace", BELLIGERENT),
    V("output", "billion dollars a year", "output before the war", BELLIGERENT),
    V("civilian_harm", "ratio", "civilian deaths for each of its dead", BELLIGERENT),
    V("occupation_harm", "persons a month", "deaths under the rival's rule over the whole stake", BELLIGERENT),
    V("office_line", STAKE, "share below which a culpable leader loses office", BELLIGERENT),
    V("punishment_line", STAKE, "share below which he loses more", BELLIGERENT),
    V("log_forces", "log", "log of its numbers", BELLIGERENT),
    V("log_effectiveness", "log", "log of what each man is worth", BELLIGERENT),
    V("removal_hazard", HAZARD, "hazard of its leader's removal", BELLIGERENT),
    V("collapse_hazard", HAZARD, "hazard of its regime's collapse", BELLIGERENT),
    V("leader_fell", FLAG, "whether a leader has fallen since the start", BELLIGERENT),
    V("rival_cost", STAKE, "what the war costs the rival over its planning horizon, not below 0", BELLIGERENT),
    V("successor", FLAG, "whether a leader has just followed whose terms are not yet set", BELLIGERENT),
    V("coalition_terms", STAKE, "mean terms of the coalition that chose him", BELLIGERENT),
    scratch("rival_rearming", RATIO, "strength that it fears the rival would gain in a truce", BELLIGERENT),
    scratch("peace_bound", SHARE, "how far the rival is bound to a peace", BELLIGERENT),
    scratch("share_held", STAKE, "the share that it holds", BELLIGERENT),
    scratch("random", "see draw_random", "chance of front, losses, leak and removal", BELLIGERENT, shape=(4,)),
    fact("random_key", "the id under which its random numbers are drawn"),
    fact("first_faction", "its first faction in the block"),
    fact("end_faction", "the first that is not its own any more"),
    fact("first_issue", "its first issue in the block"),
    fact("end_issue", "the first that is not its own any more"),
    fact("first_stance", "its first row of what factions want on issues"),
    fact("end_stance", "the first that is not its own any more"),
    fact("first_response", "its first response in the block"),
    fact("end_response", "the first that is not its own any more"),
    fact("leader", "the faction that leads it"),
    fact("terms_issue", "its issue of the terms of peace; -1 for none"),
    fact("effort_issue", "its issue of war effort; -1 for none"),
    fact("restraint_issue", "its issue of restraint; -1 for none"),
    fact("reform_issue", "its issue of reform; -1 for none"),
    fact("observes", "the belligerent whose front a patron looks at; -1 for none"),
    yes("power_changes", "whether events change the powers of a patron's factions"),
)

FACTION = (
    V("stake_value", INDEX, "what the whole stake is worth to it"),
    V("casualty_aversion", "per death a month per million", "what deaths cost it"),
    V("exposure", INDEX, "what economic loss costs it"),
    V("war_gain", INDEX, "what a month of full war earns it"),
    V("trade_rent", INDEX, "rents that it draws while its issue stands open"),
    V("optimism", RATIO, "how much stronger than it is it thinks its side"),
    V("stubbornness", "precision", "precision of its first belief"),
    V("informedness", SHARE, "how much it knows of true losses"),
    V("office", INDEX, "what losing office costs it"),
    V("punishment", INDEX, "what losing more costs it"),
    V("peace_cost", INDEX, "later costs of a peace"),
    V("audience_cost", INDEX, "cost of each share conceded below public terms"),
    V("organisation", INDEX, "how well it organises protest"),
    V("distance", INDEX, "how far it is from where protest counts"),
    V("obstruction", SHARE, "how much of a decision beyond its position it can obstruct"),
    V("exit_rate", HAZARD, "hazard of leaving below its loyalty line"),
    V("loyalty", INDEX, "dissatisfaction above which it may leave"),
    V("war_weight", HAZARD, "how fast war adds to its power"),
    V("credit", INDEX, "how much the front's moves add to its power"),
    V("log_power", "log", "log of its power before scaling"),
    V("power", SHARE, "its power; the powers of a polity sum to 1"),
    V("has_left", FLAG, "whether it has left"),
    V("rents", INDEX, "rents that flow to it"),
    V("rents_level", SHARE, "rents as a driver of positions"),
    V("rents_level_start", SHARE, "the same at the start"),
    V("participation", SHARE, "share of those who could that protest"),
    V("participation_start", SHARE, "the same at the start"),
    V("reservation", STAKE, "the least share that it would settle for"),
    V("reservation_start", STAKE, "the same at the start, by its traits alone"),
    V("belief", RATIO, "mean of its belief about own strength over the rival's", BELLIGERENT),
    V("precision", "precision", "precision of that belief", BELLIGERENT),
    V("culpable", FLAG, "whether it answers for the war", BELLIGERENT),
    V("monthly_cost", STAKE, "what the next month of fighting costs it", BELLIGERENT),
    V("power_shift", STAKE, "worth of fighting that the rival's rearming would take", BELLIGERENT),
    V("understated_stake", STAKE, "what agreeing to less than it states costs it beyond its traits", BELLIGERENT),
    V("fighting_worth", STAKE, "worth of fighting on, before fate and commitment", BELLIGERENT),
    V("weariness", INDEX, "its weariness of the losses that it believes in", BELLIGERENT),
    V("dissatisfaction", INDEX, "distance from what is decided, by salience", BELLIGERENT),
    V("costs_borne", STAKE, "costs since the start", BELLIGERENT),
    scratch("walk", NORMAL, "chance by which its power moves", BELLIGERENT),
    scratch("exit_draw", UNIFORM, "the number that decides whether it leaves", BELLIGERENT),
    scratch("coalition_weight", SHARE, "its weight among those who choose a successor", BELLIGERENT),
    fact("random_key", "the id under which its random numbers are drawn"),
    fact("rent_issue", "the issue that its rents hang on; -1 for none"),
    yes("veto", "whether nothing is decided against it"),
    yes("protests", "whether it can protest in the street"),
    yes("hit_by_reform", "whether a crackdown hits it"),
    yes("states_terms", "whether the scenario states what it would settle for"),
)

STANCE = (  # of each issue and each faction of the polity that decides it
    V("stated", SHARE, "position that the scenario states"),
    V("position", SHARE, "position now"),
    V("salience", INDEX, "how much it cares"),
)

ISSUE = (
    V("decided", SHARE, "what is decided"),
    V("reference", SHARE, "what stands where nobody decides"),
)

ISSUE_FACTS = (yes("has_role", "whether it has a role in the war; others are decided and reported, and move nobody"),)

RESPONSE = (
    V("strength", SHARE, "how far a position moves when what drives it moves from 0 to 1"),
    fact("issue", "the issue, of the polity's"),
    fact("faction", "the faction, of the polity's"),
    fact("driver", "what drives it, by DRIVERS"),
)

EVENT = (
    V("happened", FLAG, "whether it has happened"),
    V("event_hazard", HAZARD, "its hazard"),
    scratch("happens", FLAG, "whether it happens in this step"),
    fact("random_key", "the id under which its random numbers are drawn"),
    fact("due", "the step on which it is due; -1 for none"),
    fact("first", "the first step in which it can happen by chance"),
    fact("end", "the first in which it cannot any more"),
    yes("by_chance", "whether it has a hazard"),
)

EFFECT = (
    V("amount", "of what it changes", "by how much, or to what"),
    fact("event", "the event that has it"),
    fact("way", "how it changes: add, set or scale"),
    fact("target", "where the row that it changes begins in the block"),
    fact("polity", "the polity whose faction's power it changes; -1 for other effects"),
    fact("faction", "that faction, of the polity's; -1 for other effects"),
    fact("low", "least value of what it changes", "f8"),
    fact("high", "greatest value", "f8"),
)

RULE = (
    fact("polity", "the polity that decides by it"),
    fact("rule", "its code in decision/choose.py"),
    fact("captor", "the faction that has captured the polity; -1 for none"),
    fact("first", "the first issue that it decides, of the polity's"),
    fact("end", "the first that it does not decide any more"),
)

FLOW = (
    fact("patron", "the polity that sends or withholds"),
    fact("issue", "the issue by which it decides so, of the polity's"),
    fact("role", "aid, sanctions or trade"),
    fact("toward", "the belligerent that receives or misses it"),
)

PATHWAY = tuple(fact(name, "1 when the pathway is active, 0 when it is disabled", "f8") for name in FIELDS)

DRIVERS = (
    "pressure",
    "weariness",
    "front",
    "rents",
    "discontent",
)  # what moves positions, each 0 to 1; a scenario's words
