"""The sections of a debrief as styled text.

Whatever a colour says is also said by a word, a symbol or a stroke: found words are underlined,
reasons are in italics, pitfalls are reversed.
"""

from collections.abc import Iterable, Sequence

from textual.content import Content

from tutor.locales import _
from tutor.report.damage import DamageView
from tutor.report.evidence import Earned, Piece
from tutor.report.measures import MeasureView, TheoryView
from tutor.report.order import OrderView, one_line
from tutor.report.timeuse import TimeView
from tutor.report.view import BarView, DebriefView, NoteView, StepView

BAR_CELLS = 16
# A page a minute for seven minutes; a megabyte would hold the screen up for seconds.
SHOWN_CHARACTERS = 20_000

STATE_STYLES = {
    "found": "$text-success",
    "half": "$text-warning",
    "missing": "$text-error",
    "pitfall": "$text-error",
    "extra": "$text-primary",
    "remark": "$text-warning",
}
_EARNED_STYLES = {
    Earned.NOTHING: "",
    Earned.MEASURE: "bold underline $text-success",
    Earned.REASON: "italic underline $text-primary",
    Earned.PITFALL: "reverse $text-error",
}
# In a style `$text-muted` is plain text: it is meant to blend with a background.
_MUTED = "dim"


def paragraphs(parts: Iterable[Content | str]) -> Content:
    """Join lines; an empty string leaves a line blank."""
    return Content("\n").join(Content(part) if isinstance(part, str) else part for part in parts)


def heading(text: str) -> Content:
    """Return a heading within a section."""
    return Content.styled(text, "bold $text-primary")


def muted(text: str) -> Content:
    """Return words of lesser weight."""
    return Content.styled(text, _MUTED)


def own_words(pieces: Sequence[Piece]) -> Content:
    """Return the candidate's text with what earned something set off.

    What is far longer than anyone writes in an exam is cut; reports have it whole.
    """
    parts: list[tuple[str, str]] = []
    room = SHOWN_CHARACTERS
    for piece in pieces:
        parts.append((piece.text[:room], _EARNED_STYLES[piece.earned]))
        room -= len(piece.text)
        if room < 0:
            parts.append((" …\n" + _("(The report shows the whole text.)"), _MUTED))
            break
    return Content.assemble(*parts)


def indented(text: Content, by: str = "  ") -> Content:
    """Return a text with each of its own lines moved in."""
    return Content("\n").join(Content(by) + line for line in text.split("\n", allow_blank=True))


def result_text(view: DebriefView, width: int) -> Content:
    """Return rating, points, grade and bars in `width` cells, and what is worth a look."""
    lines: list[Content | str] = []
    for rating in view.ratings:
        weight = f" ({rating.weight})" if rating.weight else ""
        lines.append(Content.assemble((rating.question, "bold"), (weight, _MUTED)))
        lines.append(
            Content.assemble((rating.figure, "bold $text-primary"), f" – {rating.meaning}")
        )
    lines += ["", Content.styled(view.points, "bold"), view.grade, ""]
    names = max(len(bar.name) for bar in view.bars)
    for bar in view.bars:
        drawn, said = _bar(bar, names), muted(bar.said)
        fits = drawn.cell_length + said.cell_length <= width
        lines += [drawn + said] if fits else [drawn, indented(said)]
    lines.append("")
    lines += [Content.assemble(("! ", "bold $text-warning"), said) for said in view.cautions]
    lines += [
        _listed("pitfall", "▲", _("pitfall"), f"{pitfall.text} {pitfall.why}")
        for pitfall in view.pitfalls
    ]
    lines += [_listed("missing", "✗", _("missing"), measure.text) for measure in view.missing]
    lines += [
        _listed("extra", "+", _("sensible extra step"), "".join(p.text for p in extra.measure))
        for extra in view.extras
    ]
    lines += ["", muted(view.engine), muted(" · ".join(view.facts))]
    return paragraphs(lines)


def _bar(bar: BarView, width: int) -> Content:
    filled = round((bar.share or 0) * BAR_CELLS)
    return Content.assemble(
        f"{bar.name:<{width}} ",
        ("█" * filled, "$text-primary"),
        ("░" * (BAR_CELLS - filled), _MUTED),
        (f" {bar.figure:>5} ", "bold"),
    )


def _listed(state: str, symbol: str, title: str, text: str) -> Content:
    style = f"bold {STATE_STYLES[state]}"
    return Content.assemble((f"{symbol} {title}: ", style), one_line(text))


def measure_prompt(measure: MeasureView) -> Content:
    """Return the line of a measure in the list."""
    mark = "?" if measure.unsure else "!" if measure.claim else " "
    return Content.assemble(
        (f"{measure.symbol}{mark}", f"bold {STATE_STYLES[measure.state]}"),
        f" {measure.number} {one_line(measure.text)}",
    )


def measure_text(measure: MeasureView) -> Content:
    """Return everything that explains the mark of one measure."""
    style = STATE_STYLES[measure.state]
    lines: list[Content | str] = [
        Content.assemble(
            (f"{measure.symbol} {measure.word}", f"bold {style}"), f" · {measure.phase}"
        )
    ]
    if measure.unsure:
        lines.append(Content.styled(f"? {measure.unsure}", "$text-warning"))
    lines += ["", heading(_("Model")), measure.text]
    lines.append(Content.assemble((_("Why: "), _MUTED), measure.reason))
    lines.append("")
    if measure.quotes:
        lines.append(heading(_("Your words")))
    for quote in measure.quotes:
        label = Content.styled(f"{quote.step_name}: ", _MUTED)
        lines.append(label + own_words(quote.measure))
        if quote.reason:
            lines.append(Content.styled(_("Why: "), _MUTED) + own_words(quote.reason))
    if not measure.quotes:
        lines.append(_("Nothing in your answer says this."))
    if measure.reason_word:
        said = _("Reason: {word}.").format(word=measure.reason_word)
        reason_style = STATE_STYLES[measure.reason_state]
        lines.append(Content.assemble((said, f"bold {reason_style}"), f" {measure.reason_missing}"))
    if measure.place:
        lines.append(muted(_("Order: {place}.").format(place=measure.place)))
    lines += [Content.assemble(("! ", "bold $text-warning"), said) for said in measure.remarks]
    if measure.claim:
        lines += ["", Content.styled(measure.claim.said, "$text-primary")]
        if measure.claim.comment:
            lines.append(indented(Content(measure.claim.comment)))
    if measure.theory and measure.state != "found":
        lines += ["", *theory_lines(measure.theory)]
    return paragraphs(lines)


def theory_lines(theory: TheoryView) -> list[Content]:
    """Return a theory card."""
    lines = [heading(_("Theory: {title}").format(title=theory.title))]
    for block in theory.blocks:
        words = [(run.text, "bold") if run.bold else run.text for run in block.runs]
        lines.append(Content.assemble("• " if block.kind == "item" else "", *words))
    return lines


def answer_text(view: DebriefView) -> Content:
    """Return the candidate's whole answer with what each step came to."""
    legend = Content.assemble(
        (_("measure"), _EARNED_STYLES[Earned.MEASURE]),
        "  ",
        (_("reason"), _EARNED_STYLES[Earned.REASON]),
        "  ",
        (_("pitfall"), _EARNED_STYLES[Earned.PITFALL]),
    )
    lines: list[Content | str] = [Content.styled(_("Set off: "), _MUTED) + legend, ""]
    if view.free_text:
        lines += [own_words(view.free_text).rstrip(), "", heading(_("Step by step"))]
    if not view.steps:
        lines.append(_("You wrote nothing that can be marked."))
    for step in view.steps:
        lines += [*step_lines(step), ""]
    return paragraphs(lines).rstrip()


def step_lines(step: StepView) -> list[Content]:
    """Return a step of the candidate and its notes."""
    begun = _(" (begun at {time})").format(time=step.begun) if step.begun else ""
    lines = [
        Content.assemble((step.name, "bold"), (begun, _MUTED), end="\n") + own_words(step.measure)
    ]
    if step.reason:
        lines.append(Content.styled(_("Why: "), _MUTED) + own_words(step.reason))
    lines += [_note(note) for note in step.notes]
    return lines


def _note(note: NoteView) -> Content:
    return Content.assemble((f"  {note.symbol} {note.text}", STATE_STYLES[note.state]))


def order_text(order: OrderView) -> Content:
    """Return what is to be said about the order."""
    lines: list[Content | str] = [order.said, *(f"! {fault}" for fault in order.faults)]
    return paragraphs(lines)


def model_text(view: DebriefView) -> Content:
    """Return the model solution in full."""
    lines: list[Content | str] = []
    for phase in view.phases:
        lines.append(heading(phase.label))
        for measure in phase.measures:
            lines.append(
                Content.assemble(
                    f"{measure.number}. {measure.text} ",
                    (f"{measure.symbol} {measure.word}", STATE_STYLES[measure.state]),
                )
            )
            lines.append(Content.assemble((_("Why: "), _MUTED), measure.reason))
        lines.append("")
    return paragraphs(lines).rstrip()


def time_text(time: TimeView) -> Content:
    """Return how the minutes were spent."""
    strip = Content.assemble(
        ("0:00 ", _MUTED), (time.strip_text, "$text-primary"), (f" {time.limit}", _MUTED)
    )
    return paragraphs([strip, "", *time.lines, "", *time.steps]).rstrip()


def damage_text(damage: DamageView | None) -> Content:
    """Return what the procedure would have cost, in words."""
    if damage is None:
        return Content(_("This case states no figures for the damage."))
    lines: list[Content | str] = [Content.styled(damage.said, "bold"), ""]
    lines += [f"• {step}" for step in damage.steps] or [
        _("No measure of yours slowed the damage down.")
    ]
    lines += ["", muted(damage.assumption)]
    return paragraphs(lines)
