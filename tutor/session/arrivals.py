"""What becomes of answers that come in: new, there already, or a candidate's further one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tutor.core.answer import Answer
from tutor.core.classroom import Entry, content_digest
from tutor.session.importing import Submission


class Repeats(StrEnum):
    """What a further, different answer of a candidate is taken for."""

    ATTEMPTS = "attempts"
    NEWEST = "newest"


class Fate(StrEnum):
    """What becomes of an answer that comes in."""

    NEW = "new"
    KNOWN = "known"
    ATTEMPT = "attempt"
    REPLACES = "replaces"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An answer that comes in and its fate.

    `earlier` says where the candidate's answer before it came from, where it is a further one.
    """

    submission: Submission
    entry: Entry
    fate: Fate
    earlier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """All that comes in at once; `replaced` are the ids of answers there that count no more."""

    arrivals: tuple[Arrival, ...]
    replaced: tuple[str, ...]

    def of(self, *fates: Fate) -> tuple[Arrival, ...]:
        """Return those with one of these fates."""
        return tuple(one for one in self.arrivals if one.fate in fates)

    @property
    def to_store(self) -> tuple[Entry, ...]:
        """The answers to store; one that another in the same file replaces is among them."""
        newest = {
            one.entry.candidate: one.entry.id for one in self.arrivals if one.fate is Fate.REPLACES
        }
        return tuple(
            replace(
                one.entry,
                is_replaced=newest.get(one.entry.candidate, one.entry.id) != one.entry.id,
            )
            for one in self.of(Fate.NEW, Fate.ATTEMPT, Fate.REPLACES)
        )


def arrivals(
    submissions: Iterable[Submission],
    present: Sequence[Entry],
    *,
    case: str,
    language: str,
    at: datetime,
    repeats: Repeats | None,
) -> Arrivals:
    """Say what becomes of each submission; stores nothing.

    A candidate's further answer is left out unless `repeats` says what it is: which of two
    answers a person means to be marked is nothing to guess. `language` is that of answers which
    name none.
    """
    known = {entry.id for entry in present}
    counted: dict[str, list[Entry]] = {}
    for entry in present:
        if not entry.is_replaced:
            counted.setdefault(entry.candidate, []).append(entry)
    found, replaced = [], []
    for submission in submissions:
        entry = _entry(submission, case, language, at)
        own = counted.setdefault(entry.candidate, [])
        fate = _fate(entry, own, known, repeats)
        earlier = own[-1].source if own else ""
        if fate is Fate.ATTEMPT:
            entry = replace(entry, attempt=own[-1].attempt + 1)
        if fate is Fate.REPLACES:
            replaced += [one.id for one in own]
            own.clear()
        if fate in (Fate.NEW, Fate.ATTEMPT, Fate.REPLACES):
            own.append(entry)
            known.add(entry.id)
        found.append(Arrival(submission=submission, entry=entry, fate=fate, earlier=earlier))
    return Arrivals(arrivals=tuple(found), replaced=tuple(replaced))


def _fate(entry: Entry, own: Sequence[Entry], known: set[str], repeats: Repeats | None) -> Fate:
    if entry.id in known:
        return Fate.KNOWN
    if not own:
        return Fate.NEW
    by_wish: Mapping[Repeats | None, Fate] = {
        None: Fate.LEFT_OUT,
        Repeats.ATTEMPTS: Fate.ATTEMPT,
        Repeats.NEWEST: Fate.REPLACES,
    }
    return by_wish[repeats]


def _entry(submission: Submission, case: str, language: str, at: datetime) -> Entry:
    answer = Answer(
        id="",
        case=case,
        language=submission.language or language,
        steps=submission.steps,
        text=submission.text,
    )
    digest = content_digest(submission.candidate, answer)
    return Entry(
        candidate=submission.candidate,
        answer=replace(answer, id=digest[:16]),
        imported_at=at,
        source=submission.place,
    )
