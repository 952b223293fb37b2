"""The fields of the guided form as HTML: texts, days, choices, switches, and numbers whose ranges are whiskers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from textwrap import shorten

from ripeness.scenario.number_field import NumberField
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.labels import KINDS, label_of
from ripeness.web.editing.number_view import Ends, NumberView

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ENDS = (("low", "low end"), ("value", "value"), ("high", "high end"))
CHANCE = ' data-least="0" data-most="99.9"'  # percent: what a chance can be, which is written as a rate
MOST_AUTHOR = 26  # letters of an author beside a number
MOST_NOTE = 160  # letters of a note below a number


def quoted(text: object) -> str:
    """A text within an attribute or a page."""
    return escape(str(text), quote=True)


def field_id(path: Path) -> str:
    """The id of the field of a value, to which a fault leads."""
    return "f-" + re.sub(r"[^A-Za-z0-9_-]", "-", "-".join(path))


def text_field(
    draft: Draft, path: Path, hint: str = "", *, label: str = "", long: bool = False, usual: str = ""
) -> str:
    """A field for words; `usual` is what holds where nothing stands there."""
    value, name = draft.text(path), label or label_of(path)
    attributes = f"{_common(draft, path)} {'' if draft.editable else 'readonly'}"
    if long:
        control = f'<textarea rows="3" {attributes}>{escape(value)}</textarea>'
    else:
        control = f'<input type="text" value="{quoted(value)}" placeholder="{quoted(usual)}" {attributes}>'
    return _entry(draft, path, name, control, hint, wide=long)


def day_field(draft: Draft, path: Path, hint: str = "", *, label: str = "") -> str:
    """A field for a day, with a calendar where what stands there is one."""
    value = draft.text(path)
    kind = "date" if not value or DAY.fullmatch(value) else "text"
    attributes = f"{_common(draft, path)} {'' if draft.editable else 'readonly'}"
    return _entry(
        draft, path, label or label_of(path), f'<input type="{kind}" value="{quoted(value)}" {attributes}>', hint
    )


def whole_field(draft: Draft, path: Path, hint: str = "", *, default: str = "") -> str:
    """A field for a whole number."""
    value = draft.text(path, default)
    attributes = f"{_common(draft, path)} {'' if draft.editable else 'readonly'}"
    control = f'<input type="text" inputmode="numeric" data-kind="whole" value="{quoted(value)}" {attributes}>'
    return _entry(draft, path, label_of(path), control, hint)


def choice_field(
    draft: Draft, path: Path, choices: Mapping[str, str], hint: str = "", *, label: str = "", default: str = ""
) -> str:
    """A field for one of several values; what stands there and is none of them is shown, too."""
    value = draft.text(path, default)
    options = dict(choices) if value in choices else {value: value or "choose", **choices}
    inner = "".join(
        f'<option value="{quoted(key)}" {"selected" if key == value else ""}>{escape(words)}</option>'
        for key, words in options.items()
    )
    attributes = f"{_common(draft, path)} {'' if draft.editable else 'disabled'}"
    return _entry(draft, path, label or label_of(path), f"<select {attributes}>{inner}</select>", hint)


def kind_field(
    draft: Draft, path: Path, kind: str, choices: Mapping[str, str], value: str, label: str, *, bare: bool = False
) -> str:
    """A field for a choice that is more than one value of the scenario: `kind` says what it changes.

    `bare`: its label is heard and not seen.
    """
    name = "-".join((field_id(path), kind))
    options = "".join(
        f'<option value="{quoted(key)}" {"selected" if key == value else ""}>{escape(words)}</option>'
        for key, words in choices.items()
    )
    said = f' aria-label="{quoted(label)}"' if bare else ""
    control = (
        f'<select id="{name}" data-kind="{kind}" data-path="{quoted(".".join(path))}"{said}'
        f" {'' if draft.editable else 'disabled'}>{options}</select>"
    )
    seen = "" if bare else f'<label for="{name}">{escape(label)}</label>'
    return f'<div class="g-field">{seen}{control}</div>'


def switch_field(draft: Draft, path: Path, hint: str = "", *, label: str = "", kind: str = "switch") -> str:
    """A field that is on or off; of the kind `member` it is whether a name stands in a list."""
    node = draft.node(path[:-1]) if kind == "member" else None
    is_on = path[-1] in [str(item.content) for item in node.items()] if node is not None else draft.flag(path)
    state = ("checked" if is_on else "") + ("" if draft.editable else " disabled")
    return (
        f'<div class="g-switch" id="{field_id(path)}"><label><input type="checkbox" data-kind="{kind}"'
        f' data-path="{quoted(".".join(path))}" {state}> {escape(label or label_of(path))}</label>'
        f"{_hint(hint)}{field_faults(draft, path)}</div>"
    )


def number_field(
    draft: Draft,
    path: Path,
    hint: str = "",
    *,
    label: str = "",
    admits: NumberField | None = None,
    ends: str = "",
    unit: str | None = None,
) -> str:
    """A field for a number: a track with its low end, value and high end, the same as figures, and what it rests on.

    `ends` says what the two ends of the track mean; `unit` is said in place of the number's own.
    """
    view, name = draft.number(path, admits), label or label_of(path)
    if view is None:
        return ""
    hint = hint if view.stated or not draft.editable else f"{hint.rstrip('.')}. Not stated: a default." if hint else ""
    state = "" if view.stated else " g-default"
    return (
        f'<div class="g-number{state}" id="{field_id(path)}" role="group" aria-label="{quoted(name)}"'
        f' data-path="{quoted(view.path)}" data-low="{view.track[0]:.6g}" data-high="{view.track[1]:.6g}"'
        f' data-log="{int(view.logarithmic)}"{CHANCE if view.is_chance else ""}>'
        f'<div class="g-name"><span>{escape(name)}</span>{_hint(hint)}</div>'
        f'<div class="g-scale">{_track(view, name, editable=draft.editable)}'
        f"{f'<div class=g-ends>{ends}</div>' if ends else ''}</div>"
        f'<div class="g-figures">{_figures(view, name, editable=draft.editable)}<span class="g-unit">'
        f"{escape(view.unit if unit is None else unit)}</span></div>"
        f'<div class="g-basis">{_basis(draft, view, name)}</div>{field_faults(draft, path)}</div>'
    )


def field_faults(draft: Draft, path: Path, *, below: bool = True) -> str:
    """What is wrong with a value, below its field."""
    return "".join(f'<p class="g-fault">{escape(words)}</p>' for words in draft.faults_at(path, below=below))


def action(act: str, path: Path, words: str, icon: str = "", *, name: str = "", kind: str = "") -> str:
    """A button that asks the page for something."""
    label = f' aria-label="{quoted(name)}"' if name else ""
    mark = f'<i class="material-icons" aria-hidden="true">{icon}</i>' if icon else ""
    return (
        f'<button type="button" class="g-act {kind}" data-act="{act}" data-path="{quoted(".".join(path))}"{label}>'
        f"{mark}{escape(words)}</button>"
    )


def _common(draft: Draft, path: Path) -> str:
    fault = ' aria-invalid="true"' if draft.faults_at(path) else ""
    return f'id="{field_id(path)}" data-path="{quoted(".".join(path))}"{fault}'


def _entry(draft: Draft, path: Path, name: str, control: str, hint: str, *, wide: bool = False) -> str:
    return (
        f'<div class="g-field{" g-wide" if wide else ""}"><label for="{field_id(path)}">{escape(name)}</label>{control}'
        f"{_hint(hint)}{field_faults(draft, path)}</div>"
    )


def _hint(hint: str) -> str:
    return f'<span class="g-hint">{escape(hint[:1].upper() + hint[1:])}</span>' if hint else ""


def _track(view: NumberView, name: str, *, editable: bool) -> str:
    if view.ends is None:
        words = '<span class="g-hint">click to state one</span>' if editable and not view.text else ""
        return f'<div class="g-track g-empty"><i class="g-rail"></i>{words}</div>'
    low, _, high = view.ends
    left, right = view.at(low), view.at(high)
    band = f'<i class="g-band" style="left:{left}%;width:{round(right - left, 2)}%"></i>'
    handles = "".join(
        f'<span class="g-end g-{end}" role="slider" data-end="{end}" aria-label="{quoted(name)}: {words}"'
        f' aria-valuemin="{view.track[0]:.6g}" aria-valuemax="{view.track[1]:.6g}" aria-valuenow="{value:.6g}"'
        f' aria-valuetext="{value:.6g} {quoted(view.unit)}" style="left:{view.at(value)}%"'
        f" {'tabindex=0' if editable else 'aria-disabled=true'}></span>"
        for (end, words), value in zip(ENDS, view.ends, strict=True)
    )
    return f'<div class="g-track"><i class="g-rail"></i>{band}{handles}</div>'


def _figures(view: NumberView, name: str, *, editable: bool) -> str:
    shown = ("", view.text, "") if view.ends is None else tuple(figure_words(value) for value in view.ends)
    return "".join(
        f'<input type="text" inputmode="decimal" class="g-{end}" data-end="{end}" value="{quoted(value)}"'
        f' aria-label="{quoted(name)}: {words}, in figures" {"" if editable else "readonly"}>'
        for (end, words), value in zip(ENDS, shown, strict=True)
    )


def figure_words(value: float) -> str:
    """A figure as it stands in a field: three digits, and whole thousands.

    >>> figure_words(44.9487), figure_words(146000.0), figure_words(0.00012345)
    ('44.9', '146000', '0.000123')
    """
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def with_unmoved_ends(before: Ends, after: Ends) -> Ends:
    """Ends that were entered, with all digits of those that stand in their fields as before.

    >>> with_unmoved_ends((40.0, 44.9487, 50.0), (30.0, 44.9, 50.0))
    (30.0, 44.9487, 50.0)
    """
    low, value, high = (
        old if figure_words(old) == figure_words(new) else new for old, new in zip(before, after, strict=True)
    )
    return low, value, high


def _basis(draft: Draft, view: NumberView, name: str) -> str:
    words, kind = basis_in_words(draft, view)
    title = f' title="{quoted(view.note[:MOST_NOTE])}"' if view.note else ""
    if not draft.editable:
        return f'<span class="g-rests g-{kind}"{title}>{escape(words)}</span>'
    keep = ""
    if view.path in draft.earlier and not view.sources:
        keep = (
            f'<button type="button" class="g-act g-keep" data-act="keep-source" data-path="{quoted(view.path)}">'
            "the old source still says so</button>"
        )
    return (
        f'<button type="button" class="g-rests g-{kind}" data-act="basis" data-path="{quoted(view.path)}"{title}'
        f' aria-label="{quoted(name)} rests on: {quoted(words)}. Change it">{escape(words)}</button>{keep}'
    )


def basis_in_words(draft: Draft, view: NumberView) -> tuple[str, str]:
    """What a number rests on in a few words, and its kind (`default` where the scenario does not state it)."""
    if not view.stated:
        return ("default" if view.ends is not None else "not stated"), "default"
    if not view.sources:
        unsourced = {"judged": "your judgement" if draft.editable else "judgement", "assumed": "assumed, no source"}
        return unsourced.get(view.kind, KINDS.get(view.kind, view.kind)), view.kind
    author = draft.text(("sources", view.sources[0], "author")) or view.sources[0]
    first = shorten(author, MOST_AUTHOR, placeholder="…") if " " in author else author
    more = f" +{len(view.sources) - 1}" if len(view.sources) > 1 else ""
    kind = {"judged": "judged from", "measured": "measured:", "coded": "coded from", "derived": "derived from"}
    return f"{kind.get(view.kind, 'assumed, after')} {first}{more}", view.kind
