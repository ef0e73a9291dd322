"""What stands on the facilitator's screen, made from the state of a drill."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tutor.core.case import ROSTER, Inject
from tutor.core.drill import DrillState
from tutor.core.drilldamage import drill_loss
from tutor.core.plaintext import clean
from tutor.core.rubric import Measure, Rubric
from tutor.locales import _
from tutor.report.drillwords import (
    decision_words,
    drill_clock,
    measure_text,
    missing_roles,
    role_name,
)
from tutor.report.words import clock_words, money_words
from tutor.tui.failures import failure_title, way_on

if TYPE_CHECKING:
    from tutor.session.drill import Drill


def head_line(title: str, team: str) -> Content:
    """Return whose screen this is, the case and the team."""
    return Content(" · ".join(part for part in (_("Facilitator"), clean(title), team) if part))


def state_line(drill: "Drill", state: DrillState, elapsed: float) -> Content:
    """Return the clock, what is lost, who is missing, and what does not work."""
    clock = drill_clock(state.phase, elapsed, state.limit_seconds)
    parts: list[str | tuple[str, str]] = [(clock, "bold")]
    loss = drill_loss(drill.rubric, drill.case, state, elapsed)
    if loss is not None:
        parts.append(
            "   "
            + _("{sum} lost, {rate} an hour").format(
                sum=money_words(loss.so_far, clean(loss.unit)),
                rate=money_words(loss.per_hour, clean(loss.unit)),
            )
        )
    if missing := missing_roles(state, ROSTER):
        parts.append("   " + _("missing: {roles}").format(roles=", ".join(missing)))
    if (error := drill.storage_error) is not None:
        said = _("NOT SAVED: {problem}. {way_on}")
        said = said.format(problem=failure_title(error), way_on=way_on(error))
        parts.append((f"   {said}", "bold"))
    elif drill.engine_error is not None:
        parts.append("   " + _("The engine recognises nothing at the moment."))
    return Content.assemble(*parts)


def proposal_line(rubric: Rubric, state: DrillState) -> Content:
    """Return what the engine recognised in a decision, or nothing."""
    if not state.proposed:
        return Content("")
    first = state.proposed[0]
    return Content(
        _("Decision {number} looks like “{measure}”. Enter accepts, x declines.").format(
            number=first.decision, measure=measure_text(rubric, first.measure)
        )
    )


def measure_lines(measures: Sequence[Measure], state: DrillState) -> list[Content]:
    """Return the measures with their numbers, and when each was ticked."""
    lines = []
    for number, measure in enumerate(measures, 1):
        at = state.ticked_at(measure.id)
        sign = "☐      " if at is None else f"☑ {clock_words(at):>5}"
        lines.append(
            Content.assemble(
                f"{number} ", (sign, "bold" if at is None else "dim"), " ", clean(measure.text)
            )
        )
    return lines


def measure_details(measure: Measure) -> Content:
    """Return all there is to say about a measure."""
    return Content.assemble(
        clean(measure.text), "\n", (_("Why:"), "bold"), " ", clean(measure.reason)
    )


def inject_details(inject: Inject, rubric: Rubric, state: DrillState) -> Content:
    """Return all there is to say about a piece of news."""
    audience = role_name(inject.audience)
    holder = state.holder(inject.audience)
    lines: list[str | tuple[str, str]] = [
        (_("For:"), "bold"),
        " ",
        f"{audience} ({holder})" if holder else audience,
        "\n",
        clean(inject.text),
    ]
    if inject.when is not None:
        said = _("if done by then") if inject.when.is_done else _("if not done by then")
        measure_said = measure_text(rubric, inject.when.measure)
        lines += ["\n", (_("Comes:"), "bold"), f" {said}: {measure_said}"]
    if inject.hint:
        lines += ["\n", (_("Hint if stuck:"), "bold"), " ", clean(inject.hint)]
    if inject.expects:
        expected = [measure_text(rubric, name) for name in inject.expects]
        lines += ["\n", (_("Expects:"), "bold"), " ", " / ".join(expected)]
    return Content.assemble(*lines)


def log_text(state: DrillState) -> Content:
    """Return decisions and notes in the order of time."""
    entries: list[tuple[float, str]] = [
        (entry.at_seconds, f"{number}. {decision_words(entry)}")
        for number, entry in enumerate(state.decisions, 1)
    ]
    entries += [(note.at_seconds, f"✎ {note.text}") for note in state.notes]
    if not entries:
        return Content.styled(_("No decision yet: d logs one."), "dim")
    lines = [f"{clock_words(at)}  {text}" for at, text in sorted(entries)]
    return Content("\n".join(lines))
