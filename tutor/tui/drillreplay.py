"""A drill that is shown again, at any speed, forwards and backwards."""

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.core.drilldamage import drill_loss
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.drillwords import event_words, phase_word
from tutor.report.words import clock_words, day_words, money_words
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.drills import Recording

SPEEDS = (1, 2, 5, 10, 30, 60)
FRAME_SECONDS = 0.25
_CONTEXT = 40


class Position:
    """Where a replay stands: a time of the drill, and the last event shown (counted from 0)."""

    def __init__(self, times: tuple[float, ...]) -> None:
        self._times = times
        self.index = 0
        self.seconds = times[0]

    def move(self, seconds: float) -> None:
        """Let drill time pass, in either direction, within the drill."""
        last = self._times[-1]
        self.seconds = min(max(self.seconds + seconds, 0.0), last)
        self.index = max(bisect_right(self._times, self.seconds) - 1, 0)

    def step(self, events: int) -> None:
        """Go to another event."""
        self.index = min(max(self.index + events, 0), len(self._times) - 1)
        self.seconds = self._times[self.index]


class ReplayScreen(TutorScreen):
    """Shows a recording; nothing is written."""

    CSS_PATH = "drill.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", N_("Play"), id="replay.play", tooltip=N_("Play, or stop.")),
        Binding(
            "left",
            "step(-1)",
            N_("Back"),
            id="replay.back",
            tooltip=N_("To the event before."),
            key_display="←",
        ),
        Binding(
            "right",
            "step(1)",
            N_("On"),
            id="replay.on",
            tooltip=N_("To the next event."),
            key_display="→",
        ),
        Binding("up", "speed(1)", N_("Faster"), id="replay.faster", tooltip=N_("Play faster.")),
        Binding("down", "speed(-1)", N_("Slower"), id="replay.slower", tooltip=N_("Play slower.")),
        Binding("r", "reverse", N_("Reverse"), id="replay.reverse", tooltip=N_("Turn time round.")),
        Binding("home", "step(-1000000)", N_("Start"), id="replay.start", show=False),
        Binding("end", "step(1000000)", N_("End"), id="replay.end", show=False),
        Binding("q,escape", "app.quit", N_("Quit"), id="replay.quit"),
    ]

    def __init__(self, recording: "Recording") -> None:
        super().__init__()
        self.recording = recording
        # The log of a crashed clock may go back a little; the states never do.
        self.position = Position(tuple(state.at_seconds for state in recording.states))
        self.is_playing = False
        self.speed = SPEEDS[0]
        self.direction = 1

    def compose_content(self) -> ComposeResult:
        """Compose the head, the events and the state."""
        title = [
            _("Replay"),
            clean(self.recording.case.title),
            self.recording.states[0].opened.team,
        ]
        yield Static(Content(" · ".join(part for part in title if part)), classes="title-line")
        yield Static(id="replay-clock", markup=False)
        with Horizontal(id="replay-panes"):
            with VerticalScroll(id="replay-events", can_focus=False):
                yield Static(id="events", markup=False)
            with VerticalScroll(id="replay-state", can_focus=False):
                yield Static(id="state", markup=False)

    def on_mount(self) -> None:
        """Show the beginning."""
        self.show_position()
        self.set_interval(FRAME_SECONDS, self.advance)

    def advance(self) -> None:
        """Let time pass while playing."""
        if self.is_playing:
            self.position.move(FRAME_SECONDS * self.speed * self.direction)
            self.show_position()

    def show_position(self) -> None:
        """Draw the clock, the events so far and the state they add up to."""
        recording, index = self.recording, self.position.index
        state = recording.states[index]
        sign = "▶" if self.direction > 0 else "◀"
        playing = f"{sign} ×{self.speed}" if self.is_playing else f"‖ ×{self.speed} {sign}"
        clock = _("{time} of {limit} · {word} · event {number} of {count} · {playing}").format(
            time=clock_words(self.position.seconds),
            limit=clock_words(state.limit_seconds),
            word=phase_word(state.phase),
            number=index + 1,
            count=len(recording.events),
            playing=playing,
        )
        lines = [
            Content.styled(self._event_line(place), "bold" if place == index else "")
            for place in range(max(0, index + 1 - _CONTEXT), index + 1)
        ]
        self.query_one("#replay-clock", Static).update(Content(clock))
        self.query_one("#events", Static).update(Content("\n").join(lines))
        self.query_one("#state", Static).update(self._state_text())
        self.query_one("#replay-events").scroll_end(animate=False)

    def _event_line(self, place: int) -> str:
        recording = self.recording
        words = event_words(recording.case, recording.rubric, recording.events[place])
        return f"{clock_words(recording.states[place].at_seconds):>5}  {words}"

    def _state_text(self) -> Content:
        recording, state = self.recording, self.recording.states[self.position.index]
        lines: list[str] = [day_words(state.at_utc)]
        loss = drill_loss(recording.rubric, recording.case, state, self.position.seconds)
        if loss is not None:
            unit = clean(loss.unit)
            lines.append(
                _("{sum} lost, {rate} an hour").format(
                    sum=money_words(loss.so_far, unit), rate=money_words(loss.per_hour, unit)
                )
            )
        lines.append("")
        for measure in recording.rubric.model_order():
            at = state.ticked_at(measure.id)
            sign = "☐      " if at is None else f"☑ {clock_words(at):>5}"
            lines.append(f"{sign} {clean(measure.text)}")
        return Content("\n".join(lines))

    def action_play(self) -> None:
        """Play or stop."""
        self.is_playing = not self.is_playing
        self.show_position()

    def action_step(self, events: int) -> None:
        """Go to another event."""
        self.is_playing = False
        self.position.step(events)
        self.show_position()

    def action_speed(self, direction: int) -> None:
        """Take the next speed."""
        place = SPEEDS.index(self.speed) + direction
        self.speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
        self.show_position()

    def action_reverse(self) -> None:
        """Turn time round."""
        self.direction = -self.direction
        self.show_position()
