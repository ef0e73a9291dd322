"""A simulated candidate: 60 attempts over 8 weeks, to look at the screens with.

    python -m benchmarks.candidate HOME_FOLDER
    TUTOR_HOME=HOME_FOLDER tutor progress

Who remembers a measure writes one of the rubric's own paraphrases; how often that is grows
with each debrief, fades with the days, and starts lower for some ideas than for others. The
answers are marked by the lexical engine as real ones are.
"""

import argparse
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.attempt import Attempt, ClosedBy, Moment
from tutor.core.case import Case
from tutor.core.draft import Card, Draft
from tutor.core.rubric import Measure, Rubric
from tutor.scoring.mark import mark_answer
from tutor.semantics import load_model
from tutor.store.history import History, Mark

ATTEMPTS = 60
WEEKS = 8


@dataclass
class Candidate:
    """What somebody remembers of each measure, and when the debrief last showed it."""

    dice: random.Random
    seen: dict[tuple[str, str], tuple[int, datetime]] = field(default_factory=dict)

    def remembers(self, case: str, measure: Measure, now: datetime) -> bool:
        times, last = self.seen.get((case, measure.id), (0, now))
        known = 0.35 if measure.theory in {"customer-communication", "manual-fallback"} else 0.2
        days = (now - last).total_seconds() / 86_400
        share = known + (0.95 - known) * (1 - 0.85**times) * 0.985**days
        return bool(self.dice.random() < share)

    def sees(self, case: str, measure: Measure, now: datetime) -> None:
        times, _last = self.seen.get((case, measure.id), (0, now))
        self.seen[case, measure.id] = (times + 1, now)

    def answer(self, case: Case, rubric: Rubric, now: datetime) -> tuple[Draft, tuple[Moment, ...]]:
        known = [m for m in rubric.model_order() if self.remembers(case.id, m, now)]
        if len(known) > 2 and self.dice.random() < 0.4:
            place = self.dice.randrange(len(known) - 1)
            known[place], known[place + 1] = known[place + 1], known[place]
        cards, moments = [], []
        elapsed = self.dice.uniform(35, 90)
        for key, measure in enumerate(known, 1):
            said = self.dice.choice((measure.text, *measure.paraphrases))
            reason = measure.reason if self.dice.random() < 0.3 + 0.1 * min(key, 4) else ""
            length = 0
            for _burst in range(4):
                elapsed += self.dice.uniform(4, 14) + (30 if self.dice.random() < 0.04 else 0)
                length += (len(said) + len(reason)) // 4 + 1
                if elapsed < case.limit_seconds:
                    moments.append(Moment(round(elapsed, 1), key, length))
            if elapsed >= case.limit_seconds:
                break
            cards.append(Card(key, said, reason))
        return Draft(cards=tuple(cards)), tuple(moments)


def simulate(home: Path, *, seed: int, until: datetime, attempts: int = ATTEMPTS) -> History:
    """Fill a fresh history below `home`; returns it."""
    dice = random.Random(seed)
    history = History(home / "history.db")
    library = Library(cases_dir(), rubrics_dir())
    cases = [case for case in library.cases() if case.language == "de"]
    rubrics = {case.id: library.rubric(case.id, case.language) for case in cases}
    model = load_model("lexical")
    candidate = Candidate(dice)
    span = timedelta(weeks=WEEKS)
    today = until.replace(hour=17, minute=0, second=0, microsecond=0)
    moments = sorted(
        today - timedelta(days=1 + dice.randrange(span.days), minutes=-dice.randrange(240))
        for _number in range(attempts)
    )
    for number, at in enumerate(moments):
        # The cases are met one after the other, then in any order.
        case = cases[number // 2] if number // 2 < len(cases) else dice.choice(cases)
        rubric = rubrics[case.id]
        draft, written = candidate.answer(case, rubric, at)
        attempt = Attempt(
            id=f"{seed:04d}{number:04d}",
            case=case.id,
            language=case.language,
            rubric_sha256=rubric.sha256,
            started_at=at - timedelta(seconds=case.limit_seconds),
            deadline=at,
            limit_seconds=float(case.limit_seconds),
            draft=draft,
            moments=written,
            handed_in_at=at,
            closed_by=ClosedBy.CANDIDATE,
        )
        result = mark_answer(case, rubric, attempt.answer, model)
        history.add(attempt, Mark(marked_at=at, result=result))
        for measure in rubric.measures:
            candidate.sees(case.id, measure, at)
    return history


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path, help="an empty folder, for TUTOR_HOME")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    history = simulate(arguments.home, seed=arguments.seed, until=datetime.now(UTC))
    for line in reversed(history.lines()):
        print(f"{line.handed_in_at:%Y-%m-%d %H:%M}  {line.case:20} {line.points}/{line.max_points}")


if __name__ == "__main__":
    main()
