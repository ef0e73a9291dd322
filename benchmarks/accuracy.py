"""How well both engines agree with people: `python -m benchmarks.accuracy [engine ...]`.

Reads the marked answers of `tests/gold` and prints precision, recall and F1 of measures, the
agreement of ratings, order, reasons and pitfalls: in all, by case and by kind of answer. A
measure counts as found from half a credit on; reasons are compared where both found the measure.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from benchmarks.agreement import Engine, Marks
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.agreement import weighted_kappa
from tutor.core.errors import EngineUnavailable
from tutor.session.grading import grade

GOLD = Path(__file__).parent.parent / "tests" / "gold"
# Kinds of answers that are written to be given credit they do not deserve.
HOSTILE = ("tricks", "keyword list", "near misses", "copied situation", "negated")

Row = dict[str, Any]


@dataclass
class Agreement(Marks):
    """The engine's marks, orders and ratings against people's, over some answers."""

    orders: list[float] = field(default_factory=list)
    wanted: list[int] = field(default_factory=list)
    given: list[int] = field(default_factory=list)

    def add(self, gold: Row, result: Row) -> None:
        for key, mark in gold["measures"].items():
            own = result["measures"][key]
            self.add_measure(
                wanted=mark["credit"],
                found=own["credit"],
                confidence=own["confidence"],
                reason=mark["reason"],
                said=own["reason"],
            )
        self.add_pitfalls(gold["pitfalls"], {pitfall["id"] for pitfall in result["pitfalls"]})
        if gold["order"] is not None and result["order"] is not None:
            self.orders.append(abs(gold["order"] - result["order"]))
        # Two markers half a point apart: rounded to even, as they were when compared.
        self.wanted.append(round(gold["rating"]))
        self.given.append(next(iter(result["ratings"].values())))

    def line(self) -> str:
        """Return the figures as a line of the table."""
        order = f"{sum(self.orders) / len(self.orders):6.3f}" if self.orders else "     –"
        kappa = weighted_kappa(self.wanted, self.given, 4)
        exact = sum(a == b for a, b in zip(self.wanted, self.given, strict=True))
        return (
            f"{len(self.wanted):4d} {self.measures.precision:6.3f} {self.measures.recall:6.3f} "
            f"{self.measures.f1:6.3f} {kappa:6.3f} {exact / len(self.wanted):6.3f} {order} "
            f"{self.reasons.f1:7.3f} {self.pitfalls.f1:8.3f} "
            f"{self.undeserved:5d}/{self.earning_nothing:<4d} {self.sureness()}"
        )


HEADER = (
    f"{'':32}   n      P      R     F1    QWK  exact  order reasons pitfalls undeserved"
    "  sure  holds"
)


def main(wishes: Sequence[str]) -> None:
    gold = {row["id"]: row for row in _rows("dev.marks.jsonl")}
    profiles = json.loads((GOLD / "dev.profiles.json").read_text(encoding="utf-8"))
    for engine in get_args(Engine):
        if wishes and engine not in wishes:
            continue
        try:
            results = _results(engine)
        except EngineUnavailable as error:
            print(f"{engine}: {error}")
            continue
        _print(engine, gold, profiles, results)


def _rows(name: str) -> Iterable[Row]:
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _results(engine: Engine) -> dict[str, Row]:
    written: list[str] = []
    with (GOLD / "dev.answers.jsonl").open("rb") as lines:
        library = Library(cases_dir(), rubrics_dir())
        counts = grade(lines, written.append, library=library, engine=engine)
    assert counts.failed == 0
    return {row["id"]: row for row in map(json.loads, written)}


def _print(
    engine: Engine, gold: dict[str, Row], profiles: dict[str, str], results: dict[str, Row]
) -> None:
    version = next(iter(results.values()))["engine"]["version"]
    print(f"\n{engine} {version}\n{HEADER}")
    _group("all answers", gold, results, gold)
    _group("hostile ones", gold, results, [i for i in gold if profiles[i] in HOSTILE])
    for case in sorted({row["case"] for row in results.values()}):
        _group(case, gold, results, [i for i in gold if results[i]["case"] == case])
    for profile in sorted(set(profiles.values())):
        _group(f"  {profile}", gold, results, [i for i in gold if profiles[i] == profile])


def _group(name: str, gold: dict[str, Row], results: dict[str, Row], ids: Iterable[str]) -> None:
    agreement = Agreement()
    for answer_id in ids:
        agreement.add(gold[answer_id], results[answer_id])
    print(f"{name:32}{agreement.line()}")


if __name__ == "__main__":
    main(sys.argv[1:])
