"""The form of a scenario file, from the top: who fights over what, when, under which parameters, by which evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ripeness.scenario.date_field import Day, Published
from ripeness.scenario.faction_form import LogRatio, Rate, ScenarioPart, Share
from ripeness.scenario.mediator_form import PowerSharing
from ripeness.scenario.model_parameters import parameter_field, parameter_names
from ripeness.scenario.number_field import AnyUnitField, NumberField, UnknownKey
from ripeness.scenario.polity_form import PolityForm
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity, Scale
from ripeness.world.wording import did_you_mean

CeasefireKind = Literal["local", "humanitarian", "preliminary", "definitive"]
ObservedSign = Literal[
    "losses",
    "line",
    "leader_fell",
    "leader_stayed",
    "offer_made",
    "offer_refused",
    "media_line",
    "not_done",
    "ceasefire",
    "ceasefire_broken",
]
Act = Literal["appointed", "dismissed", "arrested", "funded", "cut", "vetoed"]
AnyNumber = Annotated[Quantity, AnyUnitField()]
FORMAT = 1


class SourceForm(ScenarioPart):
    """A document: title, author, date of publication and Admiralty grade."""

    title: str
    author: str
    published: Published | None = Field(
        default=None, description="a day; a month or a year alone counts from its first"
    )
    grade: str = Field(pattern=r"^[A-F][1-6]$", description="Admiralty code: reliability A-F, credibility 1-6")
    publisher: str = ""
    address: str = ""
    place: str = ""
    note: str = ""


class Stake(ScenarioPart):
    """What the war is about, as one divisible share."""

    name: str
    held: Share = Field(description="share held by the first belligerent at the start")
    allowed: tuple[float, ...] = Field(
        default=(), description="only these shares can be agreed on (an indivisible core)"
    )


class Conflict(ScenarioPart):
    """Traits by which past conflicts like this one are found, in the terms of the Uppsala Conflict Data Program."""

    kind: Literal["interstate", "intrastate", "internationalised"] = Field(
        description="between states; within one; within one, with troops of another state on a side"
    )
    over: Literal["territory", "government"] | None = Field(
        default=None, description="what is fought over; without it past conflicts over either count"
    )
    intensity: Literal["war", "minor"] = Field(
        default="war", description="war: at least 1,000 battle-related deaths in a year; minor: fewer"
    )
    other_parties: int = Field(
        default=0, ge=0, le=100, description="armed parties to the same conflict besides the two belligerents"
    )


class Talks(ScenarioPart):
    """Mediation, guarantees, and terms of a peace besides the stake."""

    mediation: Annotated[Quantity, NumberField("index", 0, 100, Scale.LOG)]
    misperception: Annotated[Quantity, NumberField("share", -1, 1)] = Field(
        description="how much wider the parties think the zone is"
    )
    guarantee: Share = Field(description="0: paper binds nobody; 1: outsiders make a breach impossible")
    monitoring: Share | None = Field(
        default=None, description="how closely a ceasefire and a peace are watched, apart from mediators of the file"
    )
    power_sharing: PowerSharing = Field(
        default_factory=PowerSharing, description="what a peace gives an armed movement in the state"
    )
    disarmament: Share | None = Field(
        default=None, description="how far an armed movement lays down its arms under a peace"
    )


class Ceasefire(ScenarioPart):
    """A ceasefire in force at the start."""

    kind: CeasefireKind = Field(
        description="local: on part of the front; humanitarian: for those in need; preliminary: beside talks; "
        "definitive: meant to end the fighting for good"
    )
    monitored: Share = Field(description="how far outsiders watch over it: 0 nobody does, 1 a full mission does")
    since: Day = Field(description="the day on which it came into force")
    source: str | tuple[str, ...] = ()
    note: str = ""


class EventChange(ScenarioPart):
    """One change that an event makes to a number: set it, add to it or scale it."""

    path: str
    set: AnyNumber | None = None
    add: AnyNumber | None = None
    scale: AnyNumber | None = None


class Event(ScenarioPart):
    """Something that may happen: on a date or with a monthly hazard."""

    name: str = ""
    on: Day | None = None
    hazard: Rate | None = None
    after: Day | None = None
    before: Day | None = None
    changes: tuple[EventChange, ...] = ()
    shock: dict[
        Literal["front", "weariness", "economy", "munitions", "forces", "participation", "optimism"],
        dict[str, AnyNumber],
    ] = Field(
        default_factory=dict,
        description=(
            "what is hit -> belligerent -> by how much, in the unit of what is hit (front and optimism: log ratio)"
        ),
    )
    enters: str | None = Field(default=None, description="a patron that joins as a belligerent's ally at full weight")
    beside: str | None = Field(default=None, description="the belligerent that it joins")
    strength: LogRatio | None = Field(default=None, description="log strength that the entry adds to that belligerent")
    ceasefire: Literal[CeasefireKind, "none"] | None = Field(
        default=None, description="the ceasefire that comes into force with it; none: the one in force is violated"
    )
    monitored: Share | None = Field(default=None, description="how far outsiders watch over it; 0 if unsaid")
    source: str | tuple[str, ...] = ()
    note: str = ""


class Observation(ScenarioPart):
    """A dated observation: what a polity decided on an issue, or what the war showed."""

    id: str = ""
    date: Day
    polity: str
    issue: str | None = None
    position: Share | None = Field(
        default=None, description="where the decision stood on the issue (a range is allowed)"
    )
    choice: str | None = Field(default=None, description="which of the named alternatives was taken")
    alternatives: dict[str, Share | None] = Field(
        default_factory=dict, description="name -> place on the issue; a list of names where they have no places"
    )
    wanted: dict[str, str] = Field(
        default_factory=dict, description="faction -> alternative that it stood behind, where a source says so"
    )
    act: Act | None = Field(default=None, description="what was done to somebody's standing, instead of a decision")
    favours: str | None = Field(default=None, description="act: the faction that it strengthened, or that vetoed")
    against: str | None = Field(default=None, description="act: the faction that it struck, or whose wish was vetoed")
    shows: ObservedSign | None = None
    amount: AnyNumber | None = Field(
        default=None,
        description="losses: thousand deaths a month; line: share held by the first belligerent; not_done: where on "
        "the issue the deed would have stood; else own share",
    )
    toward: Literal["low", "high"] | None = Field(
        default=None, description="not_done: towards which end of the issue the deed lies. Default: the nearer"
    )
    grade: str | None = Field(default=None, pattern=r"^[A-F][1-6]$")
    planted: bool = Field(default=False, description="possibly planted")
    puzzling: bool = False
    source: str | tuple[str, ...]
    note: str = ""

    @field_validator("alternatives", mode="before")
    @classmethod
    def _named(cls, alternatives: object) -> object:
        """A list of names stands for alternatives without places."""
        if isinstance(alternatives, (list, tuple)) and all(isinstance(name, str) for name in alternatives):
            return dict.fromkeys(alternatives)
        return alternatives


class OwnIndicator(ScenarioPart):
    """Something that one can see from outside, and what it would show of the war: ranked by `ripeness indicators`."""

    words: str = Field(
        max_length=200, description="what one would see: a statement, an appointment, an exchange of prisoners"
    )
    polity: str | None = Field(default=None, description="whose issue or variable it shows; none for `line`")
    issue: str | None = Field(default=None, description="the issue on which it shows a decision")
    shows: Literal["media_line", "offer", "losses", "effort", "economy", "protest", "line"] | None = Field(
        default=None,
        description="the variable that it shows, instead of an issue. media_line, offer: own share of the stake; "
        "losses: thousand deaths reported in the month; line: share held by the first belligerent; else a share",
    )
    value: float = Field(ge=0, description="where the issue or the variable stands when it is seen")
    when: Literal["at least", "at most"] = Field(
        default="at least", description="whether it is seen from that value upwards or downwards"
    )
    on: Day | None = Field(default=None, description="the day on which to look, such as that of a summit")
    note: str = ""


class Window(ScenarioPart):
    """The declared window from which evidence was gathered, puzzles and routine alike."""

    opens: Day
    closes: Day
    rule: str = Field(description="how items were chosen")


class ActorModel(ScenarioPart):
    """A hypothesis on who decides or why: numbers that it overrides, and its prior mass within its class."""

    name: str = ""
    polity: str
    kind: Literal["factional", "unitary", "captured", "ordinary", "own"] = "own"
    captor: str | None = None
    overrides: dict[str, AnyNumber] = Field(default_factory=dict)
    mass: Share | None = None
    note: str = ""


class Preset(ScenarioPart):
    """A named what-if: numbers that are set by path and causal links that are cut; it changes no war by itself."""

    name: str = Field(max_length=80, description="what it supposes, in a few words")
    changes: dict[str, float | str] = Field(default_factory=dict, description="path -> the number that holds instead")
    cuts: tuple[str, ...] = Field(default=(), description="causal links that carry nothing")
    note: str = ""


class Scenario(ScenarioPart):
    """A whole scenario, after codings are laid over their base and archetypes are filled in."""

    format: Literal[1] = 1
    title: str = Field(max_length=200)
    about: str = ""
    coding: str = "only"
    hindsight: str = Field(default="", description="what the coder knew of later events")
    began: Day
    initiator: str | None = Field(
        default=None, description="the belligerent that began it; without one nobody has had the gain of surprise"
    )
    start: Day
    horizon: int = Field(default=60, ge=1, le=600, description="steps to look ahead")
    step: Literal["week", "month", "quarter"] = "month"
    era: Literal["before 1945", "after 1945"] = "after 1945"
    conflict: Conflict | None = Field(
        default=None, description="what past conflicts this one is compared with; without it with none"
    )
    stake: Stake
    talks: Talks
    ceasefire: Ceasefire | None = Field(default=None, description="in force at the start; none where it is left out")
    polities: dict[str, PolityForm]
    events: dict[str, Event] = Field(default_factory=dict)
    laws: dict[str, AnyNumber] = Field(default_factory=dict)
    window: Window | None = None
    evidence: tuple[Observation, ...] = ()
    indicators: dict[str, OwnIndicator] = Field(default_factory=dict)
    readings: dict[str, ActorModel] = Field(default_factory=dict)
    presets: dict[str, Preset] = Field(default_factory=dict)
    sources: dict[str, SourceForm] = Field(default_factory=dict)

    @field_validator("laws", mode="before")
    @classmethod
    def _in_their_units(cls, laws: object) -> object:
        """Each law is read in its own unit and bounds."""
        if not isinstance(laws, dict):
            return laws
        read: dict[str, object] = {}
        wrong: list[InitErrorDetails] = []
        for name, raw in laws.items():
            try:
                read[name] = _parameter(str(name), raw)
            except Fault as fault:
                kind = PydanticCustomError("number", "{error}", {"error": fault})
                wrong.append(InitErrorDetails(type=kind, loc=(name,), input=raw))
        if wrong:
            raise ValidationError.from_exception_data("laws", wrong)
        return read


def _parameter(name: str, raw: object) -> Quantity:
    if name not in parameter_names():
        hint = did_you_mean(name, parameter_names(), "`ripeness cite` lists them")
        raise UnknownKey(f"'{name}' is not a law of the model; {hint}")
    return parameter_field(name).read(raw)
