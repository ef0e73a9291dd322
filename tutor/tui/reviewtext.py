"""What stands on the screen of a review about each thing to decide."""

from textual.content import Content

from tutor.core.classroom import Kind, Subject
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report import words
from tutor.report.measures import MeasureView
from tutor.report.order import one_line
from tutor.report.view import DebriefView
from tutor.session.reviewing import Review, reason_of
from tutor.tui import debrieftext


def subject_row(review: Review, view: DebriefView, subject: Subject) -> Content:
    """Return what the machine gave, what was decided, and about what."""
    machine, own = review.machine(subject), review.decided(subject)
    signs = f"{_sign(subject, machine)} {'·' if own is None else _sign(subject, own)}"
    style = "" if own is None else "bold" if own == machine else "bold $text-warning"
    return Content.assemble((signs, style), "  ", subject_label(review, view, subject))


def subject_label(review: Review, view: DebriefView, subject: Subject) -> str:
    """Return what is to be decided."""
    if subject.kind is Kind.RATING:
        return _("Rating: {question}").format(question=_question(review, subject))
    measure = _measure(view, subject)
    name = clean(subject.key) if measure is None else one_line(measure.text)
    if subject.kind is Kind.REASON:
        return _("Reason: {measure}").format(measure=name)
    return name


def subject_details(review: Review, view: DebriefView, subject: Subject) -> Content:
    """Explain what the machine gave, and what was decided by whom and why."""
    lines = _layers(review, subject)
    if subject.kind is Kind.MEASURE:
        reason = reason_of(subject)
        # What is not in the answer has no reason, unless somebody says so.
        if review.machine(subject) > 0 or review.decided(reason) is not None:
            lines += [debrieftext.heading(_("Its reason")), *_layers(review, reason)]
    lines.append("")
    measure = _measure(view, subject)
    if subject.kind is Kind.RATING:
        lines.append(_question(review, subject))
        lines += [f"{bar.name}: {bar.figure} {bar.said}" for bar in view.bars]
    elif measure is not None:
        lines += _measure_lines(measure)
    return debrieftext.paragraphs(lines)


def _layers(review: Review, subject: Subject) -> list[Content | str]:
    """Return what the machine gave and what people decided, each on a line with its reason."""
    lines: list[Content | str] = [
        _("Machine: {value}").format(value=value_words(subject, review.machine(subject)))
    ]
    for marker, value, why in review.others(subject):
        lines.append(f"{clean(marker)}: {value_words(subject, value)}")
        if why:
            lines.append(debrieftext.indented(debrieftext.muted(clean(why))))
    own = review.decided(subject)
    if own is not None:
        label = _("Settled: {value}") if review.is_settling else _("You: {value}")
        lines.append(Content.styled(label.format(value=value_words(subject, own)), "bold"))
    if why := review.reason(subject):
        lines.append(debrieftext.muted(clean(why)))
    return lines


def value_words(subject: Subject, value: float) -> str:
    """Return a value in words."""
    if subject.kind is Kind.RATING:
        return words.rating_of(int(value))
    said = words.credit_word if subject.kind is Kind.MEASURE else words.reason_word
    return f"{words.credit_symbol(value)} {said(value)}"


def _sign(subject: Subject, value: float) -> str:
    return f"{value:.0f}" if subject.kind is Kind.RATING else words.credit_symbol(value)


def _question(review: Review, subject: Subject) -> str:
    questions = review.debrief.case.key_questions
    named = (one_line(q.text) for q in questions if q.id == subject.key)
    # What was settled by another edition of the case is called by its id.
    return next(named, clean(subject.key))


def _measure(view: DebriefView, subject: Subject) -> MeasureView | None:
    return next((m for m in view.measures if m.id == subject.key), None)


def _measure_lines(measure: MeasureView) -> list[Content | str]:
    lines: list[Content | str] = [measure.text, debrieftext.muted(measure.reason), ""]
    if measure.unsure:
        lines.append(Content.styled(f"? {measure.unsure}", "$text-warning"))
    lines += [
        Content.styled(f"{quote.step_name}: ", "dim") + debrieftext.own_words(quote.measure)
        for quote in measure.quotes
    ]
    return lines
