"""Defaults that a scenario may leave out: by archetype for a faction, by regime or organisation for a polity, neutral
for the rest.

A movement's own tables go before those of states (`movement_fate`, `movement_conduct`, `movement_resources`); so does
that of a state that fights one (`government_resources`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ripeness.scenario.layers import overlay
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import read_tree
from ripeness.world.fault import Fault

FILE = Path(str(files("ripeness.scenario"))) / "archetypes.yaml"
SHARED_KEYS = {"unit", "kind", "source"}  # what each number of a table shares; the other keys are rows, and `why`
MOST_POLITIES, MOST_PARTS = 30, 60  # more polities, or more factions or issues of one, are a mistake
REGIMES = ("democracy", "mixed", "autocracy")
MEDIATION = "mediation"  # role of the issue on which a mediator decides, and key of the one that it has by default
ORGANISATIONS = ("unified", "coalition", "fragmented")
PUBLICS = ("public", "social_base")  # archetypes that protest in the street
STATE, MOVEMENT, GOVERNMENT = "state", "movement", "government"  # government: a state that fights a movement


@cache
def default_tables() -> Node:
    """The file of defaults, read once."""
    return read_tree(FILE)


@cache
def archetypes() -> tuple[str, ...]:
    """The names that a faction's `archetype` may have; `country` is for the one-leader actor model alone."""
    return tuple(name for name in default_tables().at(["archetypes"]).map() if name != "country")


@cache
def _row(table: tuple[str, ...], row: str) -> Node:
    """One default number, in the form in which a scenario states it: value, range, unit, kind, source."""
    entries = default_tables().at(table).map()
    entry = entries.get(row, entries.get("every"))
    if entry is None:
        message = f"archetypes.yaml: {'.'.join(table)} has neither a row '{row}' nor 'every'"
        raise LookupError(message)
    value, low, high = entry.items()
    spread = replace(entry, content=[low, high])
    shared: dict[str, Node] = {key: entries[key] for key in SHARED_KEYS} | (
        {"note": entries["why"]} if "why" in entries else {}
    )
    return replace(entry, content={"value": value, "range": spread, **shared})


def default_rows(table: tuple[str, ...]) -> tuple[Any, ...]:
    """All rows of a default number, in the form in which a scenario states it; none where the table has none."""
    if table[0] not in default_tables().map() or table[1] not in default_tables().at(table[:1]).map():
        return ()
    rows = default_tables().at(table).map().keys() - SHARED_KEYS - {"why"}
    return tuple(_row(table, row).plain() for row in sorted(rows))


def tables_of(name: str, quantity: str) -> tuple[tuple[str, str], ...]:
    """The tables in which a number of conduct, fate or resources may have its default, by kind of polity.

    >>> tables_of("resources", "forces")
    (('resources', 'forces'), ('movement_resources', 'forces'), ('government_resources', 'forces'))
    """
    names = (name, f"{MOVEMENT}_{name}", f"{GOVERNMENT}_{name}")
    root = default_tables().map()
    return tuple((table, quantity) for table in names if table in root and quantity in root[table].map())


def _table(name: str, row: str, kind: str = STATE) -> Node:
    """All numbers of a table for one archetype, regime or organisation; those that a kind has of its own go before."""
    root, own = default_tables(), f"{kind}_{name}"
    numbers = {key: _row((own, key), row) for key in root.at([own]).map()} if own in root.map() else {}
    shared = {key: _row((name, key), row) for key in root.at([name]).map() if key not in numbers}
    return replace(root.at([name]), content=numbers | shared)


def fill_defaults(tree: Node) -> Node:
    """Lay a scenario over its defaults, and add the sources that the defaults cite.

    Assumes nothing of the tree: what has the wrong shape stays as it is, for the form to refuse.
    """
    tree = _with_default(tree, "talks", _table("talks", "every"))
    polities = tree.map().get("polities")
    if polities is None or not isinstance(polities.content, dict):
        return tree
    _refuse_more_than(polities, MOST_POLITIES, "polities")
    complete = {
        key: _polity(child, _kind(key, polities.map())) if isinstance(child.content, dict) else child
        for key, child in polities.map().items()
    }
    tree = tree.with_entry("polities", replace(polities, content=complete))
    return _with_sources(tree)


def _refuse_more_than(node: Node, limit: int, plural: str) -> None:
    if len(node.map()) > limit:
        first_too_many = list(node.map().values())[limit]
        raise Fault(f"more than {limit} {plural}; a war that needs them is beyond this model", first_too_many.key)


def _with_default(node: Node, key: str, default: Node) -> Node:
    """The node with a default laid under one of its entries."""
    entry = node.map().get(key)
    return node.with_entry(key, default if entry is None else overlay(default, entry))


def _text_at(node: Node, key: str, default: str) -> str:
    child = node.map().get(key)
    return child.content if child is not None and isinstance(child.content, str) else default


def _kind(key: str, polities: dict[str, Node]) -> str:
    """Whether a polity is a movement, a state that fights one, or a state that fights states or none."""
    if _text_at(polities[key], "kind", STATE) == MOVEMENT:
        return MOVEMENT
    fighting = [name for name, polity in polities.items() if _text_at(polity, "role", "") == "belligerent"]
    fights_movements = any(_text_at(polities[name], "kind", STATE) == MOVEMENT for name in fighting)
    return GOVERNMENT if key in fighting and fights_movements else STATE


def _ruled_by(polity: Node, kind: str) -> str:
    """The row of its regime or organisation; an unknown one is refused later, by the form."""
    rows, field, usual = (
        (ORGANISATIONS, "organisation", "unified") if kind == MOVEMENT else (REGIMES, "regime", "mixed")
    )
    stated = _text_at(polity, field, usual)
    return stated if stated in rows else usual


def _polity(polity: Node, kind: str) -> Node:
    ruled_by = _ruled_by(polity, kind)
    polity = _with_default(polity, "conduct", _table("conduct", ruled_by, kind))
    if _text_at(polity, "role", "") == "belligerent" or "resources" in polity.map():
        polity = _with_default(polity, "resources", _table("resources", "every", kind))
    if "mediator" in polity.map() and isinstance(polity.at(["mediator"]).content, dict):
        polity = _with_default(polity, "mediator", _table("mediator", "every"))
    if _text_at(polity, "role", "") == "belligerent":
        polity = _with_issues(polity, "issues")
        if _text_at(polity, "beside", ""):
            polity = _with_issues(polity, "issues_of_ally")
    elif _text_at(polity, "role", "") == "patron":
        polity = _with_means(polity)
    roles = {key: _text_at(issue, "role", "other") for key, issue in _issues(polity).map().items()}
    country = overlay(_interests("country", roles), _risks(default_tables(), ruled_by, kind))
    polity = _with_default(polity, "country", country)
    return _with_factions(polity, roles, ruled_by, kind)


def _with_means(patron: Node) -> Node:
    """A patron with its reliability; one that may mediate decides how hard it works for a peace."""
    if "reliability" not in patron.map():
        patron = patron.with_entry("reliability", _row(("patron", "reliability"), "every"))
    issues = _issues(patron)
    if "mediator" not in patron.map() or not isinstance(issues.content, dict) or MEDIATION in issues.map():
        return patron
    if any(_text_at(issue, "role", "") == MEDIATION for issue in issues.map().values()):
        return patron
    return patron.with_entry("issues", issues.with_entry(MEDIATION, default_tables().at(["patron_issues", MEDIATION])))


def _issues(polity: Node) -> Node:
    """The issues as they stand; an empty mapping where none is named, as for a patron that only may enter."""
    return polity.map().get("issues") or replace(polity, content={})


def _with_issues(polity: Node, table: str) -> Node:
    """A belligerent has terms and an effort, an armed ally an alignment too, whether or not its file says so."""
    entry = polity.map().get("issues")
    if entry is not None and not isinstance(entry.content, dict):
        return polity
    issues = entry.map() if entry is not None else {}
    present = {_text_at(issue, "role", "") for issue in issues.values()}
    added = {
        name: issue
        for name, issue in default_tables().at([table]).map().items()
        if name not in present and name not in issues
    }
    return polity.with_entry("issues", replace(entry or default_tables().at([table]), content=issues | added))


def _with_factions(polity: Node, roles: dict[str, str], ruled_by: str, kind: str) -> Node:
    factions = polity.map().get("factions")
    if factions is None or not isinstance(factions.content, dict):
        return polity
    _refuse_more_than(factions, MOST_PARTS, "factions")
    _refuse_more_than(_issues(polity), MOST_PARTS, "issues")
    armed = kind == MOVEMENT or _splits(factions)
    complete = dict(factions.content)
    for key, child in factions.content.items():
        if isinstance(child.content, dict):
            faction = _with_flags(child, alone=len(factions.content) == 1)
            interests = _interests(_text_at(faction, "archetype", ""), roles)
            risks = _risks(faction, ruled_by, kind, armed=armed)
            complete[key] = overlay(overlay(interests, risks), faction)
    return polity.with_entry("factions", replace(factions, content=complete))


def _splits(factions: Node) -> bool:
    """Whether a file says of a faction what it commands, or whether it would fight on."""
    traits = [faction.map().get("traits") for faction in factions.map().values()]
    return any(part is not None and part.map().keys() & {"arms", "fights_on"} for part in traits)


def _with_flags(faction: Node, *, alone: bool) -> Node:
    if alone:
        faction = _with_flag(faction, "leads", value=True)
        faction = faction if "power" in faction.map() else faction.with_entry("power", replace(faction, content=1))
    leads = faction.map().get("leads")
    faction = _with_flag(faction, "culpable", value=leads is not None and leads.content is True)
    return _with_flag(faction, "public", value=_text_at(faction, "archetype", "") in PUBLICS)


def _risks(faction: Node, ruled_by: str, kind: str, *, armed: bool = False) -> Node:
    """What a faction risks where it answers for the war, and what it commands where its polity can splinter."""
    root = default_tables()
    culpable = "culpable" in faction.map() and faction.at(["culpable"]).content is True
    none: dict[str, Node] = {name: replace(root, content=0) for name in root.at(["fate"]).map()}
    traits = _table("fate", ruled_by, kind).map() if culpable else none
    if armed:
        traits = traits | _table("splinter", _text_at(faction, "archetype", "")).map()
    return replace(root, content={"traits": replace(root, content=traits)})


def _with_flag(faction: Node, key: str, *, value: bool) -> Node:
    return faction if key in faction.map() else faction.with_entry(key, replace(faction, content=value))


def _interests(archetype: str, roles: dict[str, str]) -> Node:
    """Traits, positions, salience and responses of an archetype in a polity with these issues."""
    root = default_tables()
    interests = {"traits": _table("traits", archetype)}
    by_role = {key: role for key, role in roles.items() if role in root.at(["positions"]).map()}
    interests["positions"] = replace(
        root, content={key: _row(("positions", role), archetype) for key, role in by_role.items()}
    )
    answers = root.at(["responds"]).map()
    interests["responds"] = replace(
        root,
        content={
            key: replace(
                root, content={cause: _row(("responds", role, cause), archetype) for cause in answers[role].map()}
            )
            for key, role in roles.items()
            if role in answers
        },
    )
    if archetype != "country":
        weights = root.at(["salience"]).map()
        interests["salience"] = replace(
            root,
            content={
                key: _row(("salience", role if role in weights else "other"), archetype) for key, role in roles.items()
            },
        )
    return replace(root, content=interests)


def _with_sources(tree: Node) -> Node:
    """The scenario with the sources of those defaults that it uses; a source of its own goes before."""
    cited_ids: set[str] = set()
    _collect_citations(tree, cited_ids)
    default_sources = {key: child for key, child in default_tables().at(["sources"]).map().items() if key in cited_ids}
    entry = tree.map().get("sources")
    if entry is not None and not isinstance(entry.content, dict):
        return tree
    return tree.with_entry("sources", replace(entry or tree, content=default_sources | (entry.map() if entry else {})))


def _collect_citations(node: Node, cited_ids: set[str]) -> None:
    if isinstance(node.content, dict):
        source = node.content.get("source")
        if source is not None:
            listed = source.content if isinstance(source.content, list) else [source]
            cited_ids.update(source_id.content for source_id in listed if isinstance(source_id.content, str))
        for child in node.content.values():
            _collect_citations(child, cited_ids)
    elif isinstance(node.content, list):
        for child in node.content:
            _collect_citations(child, cited_ids)


def is_default(node: Node) -> bool:
    """Whether a value comes from the defaults rather than from the scenario's own files."""
    return node.place.file == str(FILE)
