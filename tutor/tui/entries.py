"""The entries of the library: their order, their filter and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report.words import area_name, day_words, kind_name, language_name, minutes_words
from tutor.session.caseentry import CaseEntry


def arrange(entries: Iterable[CaseEntry], preferred: str) -> list[CaseEntry]:
    """Sort by title: each case once, in the preferred language if it can be, then the others."""
    by_case: dict[str, list[CaseEntry]] = {}
    for entry in entries:
        by_case.setdefault(entry.id, []).append(entry)
    firsts: list[CaseEntry] = []
    others: list[CaseEntry] = []
    for group in by_case.values():
        first, *rest = sorted(
            group, key=lambda entry: (entry.language != preferred, entry.language)
        )
        firsts.append(first)
        others += rest
    return [
        *sorted(firsts, key=lambda entry: entry.title.casefold()),
        *sorted(others, key=lambda entry: (entry.language, entry.title.casefold())),
    ]


def matches(entry: CaseEntry, wish: str, language: str | None) -> bool:
    """True where each word of the wish is in the title, id, area or language of the entry."""
    if language is not None and entry.language != language:
        return False
    area = entry.competence_area
    parts = [entry.title, entry.id, entry.language, language_name(entry.language)]
    parts += [kind_name(entry.kind)] + ([area.value, area_name(area)] if area else [])
    haystack = " ".join(parts).casefold()
    return all(word in haystack for word in wish.casefold().split())


def points_cell(points: int | None, max_points: int | None) -> str:
    """Return `4/6`, or nothing where there is no result."""
    return "" if points is None or max_points is None else f"{points}/{max_points}"


def preview(entry: CaseEntry, languages: Sequence[str]) -> Content:
    """Return what may be known of a case before its clock starts, in several lines.

    `languages` are all those in which the case is written.
    """
    facts = [
        (_("Type"), kind_name(entry.kind)),
        (_("Time"), minutes_words(entry.minutes)),
        (_("Language"), language_name(entry.language)),
    ]
    if entry.competence_area:
        area = entry.competence_area
        facts.insert(1, (_("Area"), f"{area.value} – {area_name(area)}"))
    if len(languages) > 1:
        facts.append(
            (
                _("Also in"),
                ", ".join(language_name(tag) for tag in sorted(languages) if tag != entry.language),
            )
        )
    parts = [Content.styled(clean(entry.title), "bold"), Content("")]
    parts += [Content.assemble((f"{name}: ", "dim"), clean(said)) for name, said in facts]
    parts += [Content(""), *(Content(line) for line in _result_lines(entry))]
    return Content("\n").join(parts)


def _result_lines(entry: CaseEntry) -> Sequence[str]:
    lines = []
    if entry.open_attempt:
        lines.append(_("▶ An attempt is open. Enter goes on with it."))
    if entry.last_points is None or entry.max_points is None:
        if not entry.attempts and not entry.open_attempt:
            lines.append(_("Not tried yet."))
        return lines
    attempts = ngettext("{count} attempt", "{count} attempts", entry.attempts)
    lines.append(attempts.format(count=entry.attempts))
    said = _("Last: {points} of {most} points").format(
        points=entry.last_points, most=entry.max_points
    )
    lines.append(f"{said}, {day_words(entry.last_at)}" if entry.last_at else said)
    lines.append(
        _("Best: {points} of {most} points").format(points=entry.best_points, most=entry.max_points)
    )
    if entry.due:
        due = ngettext("{count} measure due today", "{count} measures due today", entry.due)
        lines.append(due.format(count=entry.due))
    return lines


def preview_line(entry: CaseEntry) -> Content:
    """Return the same in the room of a few lines."""
    area = entry.competence_area
    facts = [kind_name(entry.kind), f"{area.value} {area_name(area)}" if area else ""]
    facts += [minutes_words(entry.minutes), language_name(entry.language)]
    said = " · ".join(fact for fact in facts if fact)
    return Content.assemble((clean(entry.title), "bold"), "\n", clean(said))
