"""The steps on what a scenario rests on: its observations and sources, and whether it holds together."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path as FilePath
from urllib.parse import quote

from ripeness.scenario.number_field import NumberField
from ripeness.scenario.number_paths import enters_the_war
from ripeness.scenario.validation.references import citations
from ripeness.web.checked_text import is_typed
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fields import action, day_field, field_faults, field_id, number_field, quoted, text_field
from ripeness.web.editing.labels import KINDS, day_words
from ripeness.web.editing.step_actors import fields_in_a_row, fold, remove_tool, section
from ripeness.world.quantity import Scale
from ripeness.world.source import CREDIBILITY, RELIABILITY

LOSSES = NumberField("thousand persons per month", 0, 100_000, Scale.LOG)
SHARE = NumberField("share", 0, 1, Scale.LOGIT)
SIGNS = {
    "losses": "losses in a month",
    "line": "where the front stood",
    "leader_fell": "its leader fell",
    "leader_stayed": "its leader stayed",
    "offer_made": "an offer of peace was made",
    "offer_refused": "an offer of peace was refused",
    "media_line": "what its media asked for",
    "not_done": "something was not done",
    "ceasefire": "a ceasefire came into force",
    "ceasefire_broken": "a ceasefire was broken",
}
OUTLOOK = "<span data-outlook></span>"  # in its place stands the way to the forecast
MOST_LISTED = 40  # numbers without a source that are listed


def grade_words(grade: str) -> str:
    """An Admiralty grade in words.

    >>> grade_words("B2")
    'usually reliable; probably true'
    """
    return f"{RELIABILITY.get(grade[:1], 'not graded')}; {CREDIBILITY.get(grade[1:2], 'not graded')}"


def evidence_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001  (as every step)
    """Observations, then sources."""
    base = base_with(draft, "evidence") if draft.editable else None
    listed = draft.to_look_at() if base is not None else draft
    seen = "".join(_observation(listed, index) for index in range(draft.items(("evidence",))))
    add = action("add-observation", ("evidence",), "Add an observation", "add") if listed.editable else ""
    own_keys = [key for key in draft.keys(("sources",)) if draft.is_stated(("sources", key))]
    cited = (
        Counter(str(node.content) for node in citations(draft.file_tree)) if draft.file_tree is not None else Counter()
    )
    works = "".join(_source(draft, key, cited[key]) for key in own_keys)
    graded = "Grades follow the Admiralty code: a letter for the source, a figure for what it says."
    add_source = action("add-source", ("sources",), "Add a source", "add") if draft.editable else ""
    count = draft.items(("evidence",))
    counted = "One observation." if count == 1 else f"{count} observations." if count else "No observation yet."
    note = f"{counted} From dated decisions and signs the programme infers whose will the decisions follow."
    return section(
        "What was seen",
        field_faults(draft, ("evidence",), below=False),
        _base_notice(base) if base is not None else "",
        _scrolled(seen),
        f"<p>{add}</p>",
        _window(draft),
        note=note,
    ) + section(
        "Sources",
        field_faults(draft, ("sources",), below=False),
        _scrolled(f'<ul class="g-works">{works}</ul>'),
        f"<p>{add_source}</p>",
        note=f"{len(own_keys)} sources. {graded}" if len(own_keys) > 1 else graded,
    )


def _window(draft: Draft) -> str:
    """From which days observations were gathered, and how they were chosen."""
    path: Path = ("window",)
    if draft.node(path) is None:
        words = "Say how observations were chosen"
        return f"<p>{action('add-window', path, words, 'rule')}</p>" if draft.editable else ""
    days = (day_field(draft, (*path, key)) for key in ("opens", "closes"))
    return (
        f'<h4 class="g-part" id="{field_id(path)}">How they were chosen</h4>{field_faults(draft, path, below=False)}'
        f"{fields_in_a_row(*days)}{text_field(draft, (*path, 'rule'), long=True)}"
    )


def base_with(draft: Draft, part: str) -> Path | None:
    """The file of the base that holds a part of a version; none where the version states it, or nobody does."""
    node = draft.file_tree.child(part) if draft.file_tree is not None else None
    if draft.file_tree is None or node is None or is_typed(node.place.file):
        return None
    return (str(FilePath(draft.file_tree.place.file).parent), node.place.file)


def _base_notice(base: Path) -> str:
    """Where the observations of a version are changed: in its base, for all versions that build on it."""
    folder, file = base
    name, words = FilePath(file).stem, "These observations stand in the version on which this one builds"
    if str(FilePath(file).parent) != folder:
        return f'<p class="g-base">{words}, a shipped case, and are the same for all its versions.</p>'
    address = quoted(f"/scenario?case={quote(f'own/{name}')}")
    return (
        f'<p class="g-base">{words}, “{escape(name)}”, and are the same for all that build on it. '
        f'<a href="{address}">Change them there</a>: your changes here are kept as a draft meanwhile.</p>'
    )


def _scrolled(inner: str) -> str:
    return f'<div class="g-scroll" tabindex="0">{inner}</div>' if inner else ""


def observation_words(draft: Draft, path: Path) -> str:
    """What an observation is of, in a few words."""
    side = draft.text((*path, "polity"))
    name = draft.name(("polities", side)) if side in draft.keys(("polities",)) else side
    issue, shows, act = (draft.text((*path, key)) for key in ("issue", "shows", "act"))
    if act:
        factions = [
            draft.name(("polities", side, "factions", faction))
            for key in ("favours", "against")
            if (faction := draft.text((*path, key)))
        ]
        return f"{name}: somebody was {act} ({', '.join(factions)})" if factions else f"{name}: somebody was {act}"
    if shows:
        return f"{name}: {SIGNS.get(shows, shows)}"
    about = draft.name(("polities", side, "issues", issue)) if issue else "a decision"
    choice = draft.text((*path, "choice"))
    return f"{name} decided on {about}" + (f": {choice.replace('-', ' ')}" if choice else "")


def cited_sources(draft: Draft, path: Path) -> list[str]:
    """The ids of the sources that a part cites."""
    node = draft.node((*path, "source"))
    if node is None or node.content is None:
        return []
    return [str(item.content) for item in node.items()] or ([str(node.content)] if not node.items() else [])


def source_line(draft: Draft, path: Path) -> str:
    """The sources that a part cites, with their grades."""
    works = [
        f"{escape(draft.text(('sources', key, 'title'), key))} <b>{escape(draft.text(('sources', key, 'grade')))}</b>"
        for key in cited_sources(draft, path)
    ]
    words = f"Source: {'; '.join(works)}" if works else "No source yet."
    change = action(
        "sources", path, "Change" if works else "Name one", name="Change the sources", kind="g-quiet g-within"
    )
    return f'<p class="g-note">{words}{change if draft.editable else ""}</p>'


def _observation(draft: Draft, index: int) -> str:
    path: Path = ("evidence", str(index))
    words = observation_words(draft, path)

    def change() -> str:
        inner = fields_in_a_row(day_field(draft, (*path, "date")), text_field(draft, (*path, "note"), label="Note"))
        if draft.node((*path, "position")) is not None:
            inner += number_field(draft, (*path, "position"), label="Where the decision stood")
        if draft.node((*path, "amount")) is not None:
            admits = LOSSES if draft.text((*path, "shows")) == "losses" else SHARE
            inner += number_field(draft, (*path, "amount"), label="How much", admits=admits)
        return inner

    sources, day = source_line(draft, path), escape(day_words(draft.text((*path, "date"))))
    return (
        f'<div class="g-seen" id="{field_id(path)}"><div class="g-head"><h4>{day}'
        f" · {escape(words)}</h4>{remove_tool(draft, path, words)}</div>{field_faults(draft, path)}"
        f"{sources}{fold(draft, field_id(path), 'Details' if not draft.editable else 'Change it', change)}</div>"
    )


def _source(draft: Draft, key: str, cited: int) -> str:
    path: Path = ("sources", key)
    title, author, grade = (draft.text((*path, part)) for part in ("title", "author", "grade"))
    published, address = draft.text((*path, "published")), draft.text((*path, "address"))
    link = (
        f' <a href="{quoted(address)}" rel="noreferrer">open</a>' if address.startswith(("https://", "http://")) else ""
    )
    tools = (
        action("edit-source", path, "Change", name=f"Change {title}", kind="g-quiet")
        + remove_tool(draft, path, f"the source {title}")
        if draft.editable
        else ""
    )
    tools = f'<span class="g-tools">{tools}</span>' if tools else ""
    published = day_words(published)
    uses = f"used {cited} times" if cited != 1 else "used once"
    return (
        f'<li id="{field_id(path)}"><div class="g-head"><span><b>{escape(title)}</b>, {escape(author)}'
        f"{f', {escape(published)}' if published else ''}{link}</span>{tools}</div>"
        f'<span class="g-hint">{escape(grade)}: {escape(grade_words(grade))} · {uses}</span>'
        f"{field_faults(draft, path)}</li>"
    )


def check_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001
    """What is wrong or worth knowing, and how many numbers of which kind there are."""
    rows = draft.checked_text.rows()
    own_rows = [row for row in rows if row.origin == "scenario"]
    kinds = Counter(row.kind for row in own_rows)
    counted = "".join(
        f"<li><b>{kinds[kind]:,}</b> {escape(words)}</li>" for kind, words in KINDS.items() if kinds[kind]
    )
    bare = [row for row in own_rows if not row.sources and enters_the_war(row.path)]
    listed = "".join(
        f"<li>{action('jump', tuple(row.path.split('.')), _place_words(draft, row.path))}</li>"
        for row in bare[:MOST_LISTED]
    )
    more = f"<p>and {len(bare) - MOST_LISTED} more</p>" if len(bare) > MOST_LISTED else ""
    warnings = "".join(
        f"<li>{action('jump', path, draft.in_words(mark))}</li>" for path, mark in draft.marks if mark.kind == "warning"
    )
    state = (
        "It holds together and can be forecast."
        if draft.checked_text.sound
        else "It cannot be forecast yet: mend what is named above."
    )
    return (
        section(
            "Does it hold together?",
            f'<p class="g-state">{state} {OUTLOOK if draft.checked_text.sound else ""}</p>',
            f'<ul class="g-list">{warnings}</ul>' if warnings else "",
            note="Things worth a second look are listed; they do not stand in the way." if warnings else "",
        )
        + section(
            "What it rests on",
            f"<p>{len(own_rows):,} numbers of this scenario, and {len(rows) - len(own_rows):,} defaults for what it"
            " does not state.</p>"
            if rows
            else "",
            f'<ul class="g-kinds">{counted}</ul>',
        )
        + (
            section(
                "Your judgement alone",
                f'<ul class="g-list">{listed}</ul>{more}',
                note="Numbers without a source. That is allowed; a reader will ask.",
            )
            if bare
            else ""
        )
    )


def _place_words(draft: Draft, path: str) -> str:
    from ripeness.study.parameter_labels import parameter_label

    opened = draft.checked_text.opened
    return parameter_label(opened.scenario, path) if opened is not None else path
