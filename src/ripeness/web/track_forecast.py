"""Track this forecast: from an answer of a case to a question in the ledger, with what the simulations say of it."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import ui

from ripeness.ledger.exchange.trackable import StatedChance, TrackableOutcome, TrackableRun, trackable_run
from ripeness.ledger.show.score_words import day_in_words
from ripeness.ledger.verbs import forecast
from ripeness.show.disagreement_words import range_in_words
from ripeness.show.words import bare_percent, percent
from ripeness.web.address import page_address
from ripeness.web.answer import PLAIN, KeptAnswer
from ripeness.web.chance_fields import LOOK, ChanceFields
from ripeness.web.field_dialog import FieldDialog, day_of, missing, now, today
from ripeness.web.job_progress import JobProgress
from ripeness.web.ledger_dialogs import free_name, ids
from ripeness.web.questions import question_about
from ripeness.web.screens import screen
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.web.services import Services

DRAWS = 20_000  # simulations where the answer itself does not say how many
OF_ANY_RUN = ("reading", "draws", "seed", "horizon", "changes")
SOURCE = "the UCDP, or two independent news agencies"
PAST = "This outlook ends on {}, which is past. Only a question whose answer is still to come can be tracked."


def track_button(services: Services, answer: KeptAnswer) -> None:
    """A button that opens the dialog about an answer."""
    ui.button("Track this forecast", icon="playlist_add_check", on_click=lambda: track_dialog(services, answer)).props(
        'flat data-act="track"'
    )


def track_dialog(services: Services, answer: KeptAnswer) -> None:
    """Put a question about an outlook, or about how analysts differ, into the ledger with what it says."""
    _TrackDialog(services, answer)


class _TrackDialog:
    """Outcome, day, the chance that was simulated with its interval, the question, its rule, and one's own chance."""

    def __init__(self, services: Services, answer: KeptAnswer) -> None:
        self.services, self.answer = services, answer
        self.runs: dict[str, KeptAnswer] = {}  # by day; "" is the answer that was given, where it is a run
        if answer.verb == "run":
            self.runs[""] = answer
        self.tracked: tuple[TrackableRun, float, KeptAnswer] | None = None
        self.written: dict[str, str] = {}  # the texts that this dialog wrote, and not a person
        form = FieldDialog("Track this forecast", "Add to the ledger", self._enter, self._confirm)
        self.form = form
        with form.body:
            self.about = ui.html("", sanitize=False).classes("full")
            self.outcome = ui.select({}, label="Outcome", on_change=lambda _: self._look()).props(
                f"{LOOK} options-dense hide-bottom-space"
            )
            self.outcome.classes("full")
            form.fields["outcome"] = self.outcome
        self.day = form.day("resolves", "Settled on", None, least=today() + timedelta(days=1))
        self.day.on_value_change(lambda _: self._look())
        with form.body:
            self.progress = JobProgress(services.jobs, self._simulated)
            self.stated = ui.html("", sanitize=False).classes("full stated").props('role="status"')
            self.adds_own = ui.checkbox("Add a probability of my own", value=False)
            self.place = ui.element("div").classes("full")
            self.place.bind_visibility_from(self.adds_own, "value")
            with self.place:
                self.chances = ChanceFields(["yes", "no"])
        self.why = form.text("rationale", "Why mine differs (for you, when you read it again)", long=True)
        self.why.bind_visibility_from(self.adds_own, "value")
        self.text = form.text("text", "The question", long=True)
        self.criteria = form.text("criteria", "How one will know", long=True)
        self.source = form.text("source", "By which source", value=SOURCE)
        self.by = form.text("by", "Your name", value=forecast.author())
        self._open()

    def _open(self) -> None:
        """Fill in what the answer says; where it is no run, the outlook behind it is asked for first."""
        if "" not in self.runs:
            self._ask(None)
            return
        try:
            run = self._run(self.runs[""])
        except Fault as fault:
            self.form.refuse(fault)
            return
        usual = run.usual_day(today())
        if usual is None:
            self.about.content = f'<p class="told">{PAST.format(day_in_words(run.last_day()))}</p>'
            self.form.close_for_good()
            return
        self.about.content = f'<p class="quiet">{escape(run.title)}</p>'
        self.day.props(f'max="{run.last_day()}"')
        self.day.value = str(usual)
        self.outcome.options = {key: outcome.words for key, outcome in run.outcomes().items()}
        self.outcome.value = next(iter(self.outcome.options))  # now it looks
        self.outcome.update()

    def _look(self) -> None:
        """Show the chance of the chosen outcome by the chosen day; where it is not known yet, simulate it."""
        self.day.error, self.tracked = None, None
        if "" not in self.runs or not self.outcome.value:
            return
        try:
            settled = self._settled()
            answer = self.runs.get(str(settled), self.runs[""])
            run = self._run(answer)
            month = run.month_on(settled)
            if month is None:
                self.stated.content = ""
                self._ask(settled)
                return
            outcome = run.outcomes()[self.outcome.value]
            chance = run.chance(outcome, month)
        except Fault as fault:
            self.form.refuse(fault)
            return
        self.tracked = (run, month, answer)
        self._state(run, outcome, chance, settled)

    def _state(self, run: TrackableRun, outcome: TrackableOutcome, chance: StatedChance, settled: date) -> None:
        interval = "" if chance.low is None or chance.high is None else _interval(chance)
        view = "Simulations and past conflicts, blended" if outcome.view == "all" else "Simulations alone"
        self.stated.content = (
            f"<p>{view}: <b>{percent(chance.p)}</b>{interval}{escape(self._versions(outcome, settled))}</p>"
        )
        self.chances.fill([chance.p, 1 - chance.p])
        for field, words in ((self.text, run.text(outcome, settled)), (self.criteria, run.criteria(outcome, settled))):
            if field.value in ("", self.written.get(field.label)):  # what a person wrote stays
                field.value = self.written[field.label] = words

    def _versions(self, outcome: TrackableOutcome, settled: date) -> str:
        """How far analysts' versions lie apart, where the answer compares them on the same day."""
        outlook = self.answer.facts.get("outlook", {}) if self.answer.verb == "disagree" else {}
        if outlook.get("on") != str(settled):
            return ""
        spread = next((row["range"] for row in outlook["rows"] if row["outcome"] == self.outcome.value), None)
        if outcome.view != "all":
            spread = self._spread_of_outcome(outcome.key)
        return f" Analysts' versions: {range_in_words(*spread)} %." if spread else ""

    def _spread_of_outcome(self, key: str) -> tuple[float, float] | None:
        """The lowest and the highest chance of an outcome of the model; none where the answer does not tell it."""
        document = _document(self.services, self.answer)
        kind, _, polity = key.partition(":")
        chances = [
            row["p"]
            for row in document["chances"]
            if row["outcome"] == kind and (row["polity"] or "") == polity and row["reading"] == document["reading"]
        ]
        return (min(chances), max(chances)) if chances else None

    def _ask(self, settled: date | None) -> None:
        """Simulate until the chosen day, as the answer was asked; of a comparison, the first version."""
        values: dict[str, Any] = {"draws": DRAWS} | dict(self.answer.question.controls)
        kept: dict[str, Any] = {
            name: values[name] for name in ("reading", "draws", "seed", "horizon", "changes") if name in values
        }
        if self.answer.verb == "run":
            kept = values | {"months": None}
        subject = Subject(self.answer.case, self.answer.coding if self.answer.verb == "run" else "")
        arguments = kept if settled is None else kept | {"by": str(settled)}
        question = question_about(self.services.workspace, question_of("run"), subject, arguments)
        self.asked_for = "" if settled is None else str(settled)
        words = {"case": subject.case, "coding": subject.coding, "by": self.asked_for}
        title = f"{screen('/forecast').name}: {self.services.workspace.title(subject)}"
        task = question.task().on_page(page_address("/forecast", words), title, "quick")
        self.progress.watch(self.services.begin(task))

    def _simulated(self, answer: KeptAnswer) -> None:
        """The outlook until the chosen day is there."""
        opened = "" in self.runs
        self.runs[self.asked_for] = answer
        if opened:
            self._look()
        else:
            self._open()

    def _settled(self) -> date:
        from ripeness.ledger.book.admission import FieldFault

        settled, last = day_of("resolves", self.day.value), self._run(self.runs[""]).last_day()
        if settled <= today():
            raise FieldFault("resolves", f"{day_in_words(settled)} is not to come any more; choose a later day")
        if settled > last:
            raise FieldFault("resolves", f"the outlook ends on {day_in_words(last)}; choose an earlier day")
        return settled

    def _run(self, answer: KeptAnswer) -> TrackableRun:
        return trackable_run(_path(self.services, answer))

    def _enter(self) -> None:
        missing(
            ("text", self.text.value, "say what is asked"),
            ("criteria", self.criteria.value, "say by which rule one will know the answer"),
            ("source", self.source.value, "name the source by which one will know"),
            ("by", self.by.value, "say who tracks it"),
        )
        settled = self._settled()
        if self.tracked is None:
            raise Fault("The chance by that day is still being simulated; wait for it, or choose another day.")
        run, _, answer = self.tracked
        outcome = run.outcomes()[self.outcome.value]
        criteria = f"{str(self.criteria.value).strip()}\nSource: {str(self.source.value).strip()}."
        question = forecast.Asked(
            text=str(self.text.value).strip(),
            criteria=criteria,
            resolves=settled,
            outcomes=("yes", "no"),
            topics=(self.answer.case,),
        )
        name = free_name(f"{self.answer.case.rpartition('/')[2]} {outcome.words} {settled}", ids(self.services))
        path, by = _path(self.services, answer), str(self.by.value).strip()
        draft = forecast.Given(run=path, mapping={"yes": [outcome.key]}, view=outcome.view)
        author = by if outcome.view == "all" else "model"
        place: dict[str, Any] = {"now": now(), "ledger": self.services.ledger}
        forecast.add(name, question, draft, by=author, **place)
        if self.adds_own.value:
            shares = dict(zip(("yes", "no"), self.chances.shares(), strict=True))
            mine = forecast.Given(shares, rationale=str(self.why.value).strip())
            forecast.add(name, forecast.Asked(), mine, by=by, **place)

    def _confirm(self) -> None:
        ui.notify("Added to the ledger", type="positive")


def _interval(chance: StatedChance) -> str:
    low, high = bare_percent(chance.low or 0.0), percent(chance.high or 0.0)
    return f" (90 % interval {low} to {high})."


def _path(services: Services, answer: KeptAnswer) -> Path:
    """The file of an answer as the command line would print it."""
    return Path(services.workspace.answers()) / answer.id / PLAIN


def _document(services: Services, answer: KeptAnswer) -> dict[str, Any]:
    from ripeness.store.untrusted_json import decode_json_text, parse_json, read_bytes
    from ripeness.world.fault import Place

    path = _path(services, answer)
    document: dict[str, Any] = parse_json(decode_json_text(read_bytes(path), path), Place(str(path)))
    return document
