"""The words which the debrief screen, the history and the reports have in common."""

from collections.abc import Iterable
from datetime import datetime
from math import isclose

from tutor.core.case import CompetenceArea, Kind
from tutor.core.grade import MAX_RATING
from tutor.core.result import OrderFault, RemarkKind
from tutor.locales import _, active_language, ngettext, pgettext

# Below this the engine says "unsure": its calibrated scores call 0.5 undecided, and one in ten
# beside it is still closer to a coin than to a judgement. Our own choice.
UNSURE_BELOW = 0.6

WEEK_HOURS = 168


def area_name(area: CompetenceArea) -> str:
    """Return the name of a competence area of the Swiss exam, without its letter."""
    return {
        CompetenceArea.A: _("Building and developing a digital platform"),
        CompetenceArea.B: _("Optimising the digital presentation of products"),
        CompetenceArea.C: _("Digitalising sales processes"),
        CompetenceArea.D: _("Carrying out marketing activities"),
        CompetenceArea.E: _("Interacting at interfaces"),
        CompetenceArea.F: _("Managing projects and project teams"),
        CompetenceArea.G: _("Networking and acting in the digital market"),
    }[area]


def kind_name(kind: Kind) -> str:
    """Return the name of a task type."""
    return {
        Kind.CRITICAL_INCIDENT: _("Critical incident"),
        Kind.MINI_CASE: _("Mini-case"),
    }[kind]


def language_name(tag: str) -> str:
    """Return the name of a language, or the tag itself where it has no name here."""
    names = {
        "de": _("German"),
        "en": _("English"),
        "fr": _("French"),
        "it": _("Italian"),
        "rm": _("Romansh"),
    }
    return names.get(tag.split("-")[0].lower(), tag)


def minutes_words(minutes: int) -> str:
    """Return a length of time such as `7 minutes`."""
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def credit_symbol(credit: float) -> str:
    """Return a shape for a credit that tells the three apart without colour."""
    return "✓" if credit >= 1 else "◐" if credit > 0 else "✗"


def credit_word(credit: float) -> str:
    """Return the word for the credit of a measure."""
    if credit >= 1:
        return pgettext("measure", "found")
    return pgettext("measure", "half found") if credit > 0 else pgettext("measure", "missing")


def reason_word(credit: float) -> str:
    """Return the word for the credit of a reason."""
    if credit >= 1:
        return pgettext("reason", "sound")
    return pgettext("reason", "half given") if credit > 0 else pgettext("reason", "missing")


def step_name(number: int) -> str:
    """Return the name of a step of the answer, counted from 1."""
    return _("Step {number}").format(number=number)


def rating_word(rating: int) -> str:
    """Return what a rating from 0 to 3 means."""
    return {
        3: _("plausible, nearly complete, in a sensible order, with reasons"),
        2: _("plausible in the main; some measures or reasons are missing or out of order"),
        1: _("only beginnings of a procedure"),
        0: _("no plausible procedure"),
    }[rating]


def rating_of(rating: int) -> str:
    """Return a rating with its scale."""
    return _("{rating} of {most}").format(rating=rating, most=MAX_RATING)


def grade_words(grade: float) -> str:
    """Return the grade together with the assumption it rests on."""
    return _("Grade {grade} (assumed: 1 + 5 × points / max, in halves)").format(
        grade=grade_figure(grade)
    )


def grade_figure(grade: float) -> str:
    """Return a grade as Swiss exams write it, such as `4.5`."""
    return f"{grade:.1f}"


def remark_words(kind: RemarkKind) -> str:
    """Explain why a step, or the whole answer, earned nothing or less than it may seem to."""
    return {
        RemarkKind.EMPTY_ANSWER: _("Nothing was written, so there is nothing to mark."),
        RemarkKind.KEYWORDS: _(
            "This is a list of keywords. A measure needs a sentence that says what is done."
        ),
        RemarkKind.NEGATED: _("This says that the measure is not taken, so it earns nothing."),
        RemarkKind.COPIED_SITUATION: _(
            "This repeats the situation. Only what you do about it earns points."
        ),
        RemarkKind.INSTRUCTION: _(
            "This speaks to the marker instead of the case, so it earns nothing."
        ),
        RemarkKind.NEAR_MISS: _(
            "This sounds like a measure of the model solution but means something else."
        ),
        RemarkKind.REPEATED: _("This was said before. Each measure counts once."),
        RemarkKind.NO_WORDS: _("There are no words here that can be marked."),
        RemarkKind.TOO_LONG: _(
            "The answer is longer than the marker reads. What comes after the limit was left out."
        ),
    }[kind]


def fault_words(fault: OrderFault, earlier: str, later: str) -> str:
    """Say which of two measures should have come first, and why."""
    if fault.because == "after":
        said = _("“{later}” needs “{earlier}” to be done before.")
    else:
        said = _("“{earlier}” belongs to an earlier phase than “{later}”.")
    return said.format(earlier=earlier, later=later)


def engine_words(name: str, version: str) -> str:
    """Say which engine marked, and what the simpler one cannot do."""
    if name == "lexical":
        return _(
            "Marked by the lexical engine, version {version}: it compares words, not meanings, "
            "so a measure said in quite other words may be missed."
        ).format(version=version)
    return _("Marked by the {name} engine, version {version}.").format(name=name, version=version)


def percent(share: float) -> str:
    """Return a share of 0 to 1 as a whole percentage."""
    return f"{share * 100:.0f} %"


def clock_words(seconds: float) -> str:
    """Return a moment within a sitting as `m:ss`, rounded down: it is when something began."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def number_words(value: float) -> str:
    """Return a number with the Swiss thousands separator and at most one decimal."""
    shown = f"{value:,.0f}" if isclose(value, round(value)) else f"{value:,.1f}"
    return shown.replace(",", "’")


def money_words(value: float, unit: str) -> str:
    """Return an amount rounded to whole units, such as `CHF 12’400`."""
    return f"{unit} {number_words(round(value))}"


def hours_words(hours: float) -> str:
    """Return a stretch of hours in words, in days where it is a week or more."""
    if hours >= WEEK_HOURS:
        return _("{count} days").format(count=number_words(round(hours / 24, 1)))
    return _("{count} h").format(count=number_words(round(hours, 1)))


def date_words(moment: datetime) -> str:
    """Return a date as the reader's language writes it, in local time."""
    return moment.astimezone().strftime("%d.%m.%Y" if active_language() == "de" else "%Y-%m-%d")


def day_words(moment: datetime) -> str:
    """Return a date and time as the reader's language writes it, in local time."""
    return f"{date_words(moment)} {moment.astimezone():%H:%M}"


def mark_changes(
    measures: Iterable[tuple[str, float, float]], pitfalls: Iterable[tuple[str, bool]]
) -> list[str]:
    """Return what another mark changes: credits of measures, pitfalls it names or no longer."""
    said = [f"{key} {old:g} → {new:g}" for key, old, new in measures]
    return said + [
        (_("pitfall {id}") if is_now else _("no pitfall {id}")).format(id=key)
        for key, is_now in pitfalls
    ]


def change_count(changed: int, count: int, crossing: int) -> str:
    """Return how many of all marks another rubric changes, and how many by a whole rating."""
    return _("{changed} of {count} marks change, {crossing} across a rating border").format(
        changed=changed, count=count, crossing=crossing
    )


def marks_added(count: int) -> str:
    """Return that marks were stored beside those that were there."""
    return ngettext(
        "{count} mark added; the earlier one stays.",
        "{count} marks added; the earlier ones stay.",
        count,
    ).format(count=count)


def attempt_name(candidate: str, attempt: int) -> str:
    """Return whose answer it is; a further one of the same person says so."""
    if attempt == 1:
        return candidate
    return _("{candidate} (attempt {attempt})").format(candidate=candidate, attempt=attempt)


def answers_of(answers: int, candidates: int) -> str:
    """Return how many answers there are, and by how many people where that is not the same."""
    if answers == candidates:
        return _("Answers: {count}").format(count=answers)
    return ngettext(
        "Answers: {count}, by {people} candidate",
        "Answers: {count}, by {people} candidates",
        candidates,
    ).format(count=answers, people=candidates)
