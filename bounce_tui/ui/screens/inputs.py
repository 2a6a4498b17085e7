"""The form for what the checks start from."""

from typing import NamedTuple

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from bounce_tui.check_results import Inputs
from bounce_tui.checks.planning.inputs import InputError, sending_ips, with_overrides
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.model import Bounce, Candidate
from bounce_tui.reporting.origins import origin_words
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.keymap import keymap_of
from bounce_tui.ui.text.cells import shown
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.notice import Notice


class Field(NamedTuple):
    """One input: its name in `with_overrides`, its label, its value and the candidates to choose from."""

    name: str
    label: str
    value: str
    candidates: tuple[Candidate, ...]


def fields(inputs: Inputs, bounce: Bounce, own: Own = NOTHING_OWN) -> list[Field]:
    """The fields of the form; the admin's `own` addresses are offered, too."""
    recipient = Candidate(inputs.recipient, "diagnostic", sure=True) if inputs.recipient else None
    failure = inputs.failure
    senders = bounce.envelope_senders if failure is None else bounce.envelope_senders_of(failure)
    helos = bounce.helos if failure is None else bounce.helos_of(failure)
    found = (
        ("sending_ip", "Sending IP", inputs.sending_ip, sending_ips(bounce, own, failure)),
        ("envelope_sender", "Envelope sender (<> for none)", inputs.envelope_sender, senders),
        ("helo", "HELO name", inputs.helo, helos),
        ("from_domain", "From domain", inputs.from_domain, ()),
        ("recipient", "Recipient", recipient, ()),
    )
    return [
        Field(name, label, chosen.value if chosen else "", _choice(chosen, others))
        for name, label, chosen, others in found
    ]


def _choice(chosen: Candidate | None, others: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    first = (chosen,) if chosen else ()
    return first + tuple(other for other in others if chosen is None or other.value != chosen.value)


class InputsScreen(Screen[Inputs], inherit_bindings=False):
    """Ends with the inputs to use, or with None.  Up and down go through what the mail suggests."""

    BINDINGS = bindings("form", "inputs")
    ALLOW_SELECT = False

    def __init__(self, inputs: Inputs, bounce: Bounce, own: Own = NOTHING_OWN) -> None:
        super().__init__()
        self._inputs = inputs
        self._fields = fields(inputs, bounce, own)

    def compose(self) -> ComposeResult:
        """A label line and a value line for each field."""
        yield Bar(id="top")
        for field in self._fields:
            yield Bar(id=f"label-{field.name}")
            box = Input(
                shown(field.value),
                id=field.name,
                compact=True,
                select_on_focus=False,
                placeholder="not known",
            )
            box.cursor_blink = False
            yield box
        yield Notice(id="trouble")
        yield Notice(id="bottom")

    def on_mount(self) -> None:
        """Name everything and start in the first field."""
        self.query_one("#top", Bar).say(left="What the checks start from")
        self.query_one("#bottom", Notice).offer(
            keymap_of(self.app).say("use", "cancel", "next-field", "next-candidate")
        )
        for field in self._fields:
            self._label(field, field.value)
        self.query_one(f"#{self._fields[0].name}", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say where the value comes from."""
        for field in self._fields:
            if field.name == event.input.id:
                self._label(field, event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Use what stands in the form."""
        self.action_use()

    def action_use(self) -> None:
        """Check the form and end with it, or say what is wrong."""
        said = {field.name: self.query_one(f"#{field.name}", Input).value for field in self._fields}
        inputs = self._inputs
        for field in self._fields:
            if said[field.name] == shown(field.value):
                continue
            try:
                inputs = with_overrides(inputs, **{field.name: said[field.name]})
            except InputError as error:
                self.query_one("#trouble", Notice).tell(f"{field.label}: {error}")
                self.query_one(f"#{field.name}", Input).focus()
                return
        self.dismiss(inputs)

    def action_candidate(self, step: int) -> None:
        """Put the next or previous candidate into the field."""
        field = self._focused()
        if field is None or not field.candidates:
            return
        box = self.query_one(f"#{field.name}", Input)
        values = [shown(candidate.value) for candidate in field.candidates]
        at = values.index(box.value) + step if box.value in values else 0
        box.value = values[at % len(values)]
        box.cursor_position = len(box.value)

    def action_field(self, step: int) -> None:
        """Move the cursor `step` fields on, round the form."""
        field = self._focused()
        at = self._fields.index(field) + step if field else 0
        self.query_one(f"#{self._fields[at % len(self._fields)].name}", Input).focus()

    def action_cancel(self) -> None:
        """Leave the form and change no input."""
        self.dismiss(None)

    def _focused(self) -> Field | None:
        name = self.focused.id if self.focused else None
        return next((field for field in self._fields if field.name == name), None)

    def _label(self, field: Field, value: str) -> None:
        found = next((c for c in field.candidates if shown(c.value) == value), None)
        typed = "from you" if value.strip() else "left out"
        words = origin_words(found) if found else typed
        number = len(field.candidates)
        more = f"{number} candidates" if number > 1 else ""
        self.query_one(f"#label-{field.name}", Bar).say(left=f"{field.label}: {words}", right=more)
