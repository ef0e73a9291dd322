"""How long handing in takes, from the key to the debrief: `python -m benchmarks.handin`.

Real cases, real files, real engine. The last measure is handed in the moment it is written, so
that it can never have been marked in the background.
"""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import get_args

from benchmarks.agreement import Engine
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Card, Draft
from tutor.semantics import load_model
from tutor.session.practice import Practice
from tutor.store.history import History
from tutor.store.journal import Journals

ENGINES: tuple[Engine, ...] = get_args(Engine)
CASES = ("it-outage", "double-shipping", "datacentre-fire", "failed-upgrade", "shop-realisation")
# Longer than the pause after which the background marker begins.
THINKING_SECONDS = 1.0


class SystemClock:
    def utc(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def main() -> None:
    print(f"{'engine':10}{'hand-ins':>10}{'median ms':>11}{'worst ms':>10}{'write ms':>10}")
    for engine in ENGINES:
        handing_in, writing = _measure(engine)
        figures = (statistics.median(handing_in), max(handing_in), max(writing))
        print(f"{engine:10}{len(handing_in):10d}" + "".join(f"{x * 1000:10.1f}" for x in figures))


def _measure(engine: Engine) -> tuple[list[float], list[float]]:
    handing_in: list[float] = []
    writing: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        library = Library(cases_dir(), rubrics_dir())
        numbers = count(1)
        practice = Practice(
            library=library,
            history=History(Path(folder) / "history.db"),
            journals=Journals(Path(folder) / "journal"),
            clock=SystemClock(),
            new_id=lambda: f"a{next(numbers)}",
            load_model=lambda: load_model(engine),
        )
        for case_id in CASES:
            sitting = practice.start(case_id, "de")
            # Reading takes longer than the model needs to read the rubric.
            practice.marker.warm_up(sitting.case, library.rubric(case_id, "de"))
            cards: tuple[Card, ...] = ()
            for key, measure in enumerate(library.rubric(case_id, "de").measures, 1):
                time.sleep(THINKING_SECONDS)
                words = f"{measure.paraphrases[0]} ({key})" if measure.paraphrases else measure.text
                cards = (*cards, Card(key, words, f"{measure.reason} ({key})"))
                began = time.perf_counter()
                sitting.write(Draft(cards=cards))
                writing.append(time.perf_counter() - began)
            began = time.perf_counter()
            sitting.hand_in(ClosedBy.CANDIDATE)
            handing_in.append(time.perf_counter() - began)
    return handing_in, writing


if __name__ == "__main__":
    main()
