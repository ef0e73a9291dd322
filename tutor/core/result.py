"""A marked answer: what was found, where, and what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

FieldName = Literal["measure", "reason"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """The candidate's own words that earned a credit.

    `step` counts from 1; `start` and `end` are character offsets (end excluded) into that
    field of the step, as typed.
    """

    step: int
    field: FieldName
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureMark:
    """How one measure of the rubric fared: `credit` and `reason` are 0, 0.5 or 1.

    `confidence` (0 to 1) is how sure the engine is that this credit is right, also where the
    credit is 0. `reason_evidence` holds the words that earned the reason. `position` is the
    place of the measure in the candidate's order, counted from 1, or None without credit.
    """

    credit: float
    confidence: float
    reason: float = 0.0
    steps: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason_evidence: tuple[Evidence, ...] = ()
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PitfallMark:
    """A pitfall the candidate commits in a step (counted from 1)."""

    id: str
    step: int
    evidence: tuple[Evidence, ...] = ()


class RemarkKind(StrEnum):
    """Why a step, or the whole answer, earned nothing or less than it may seem to deserve."""

    EMPTY_ANSWER = "empty-answer"
    KEYWORDS = "keywords"
    NEGATED = "negated"
    COPIED_SITUATION = "copied-situation"
    INSTRUCTION = "instruction"
    NEAR_MISS = "near-miss"
    REPEATED = "repeated"
    NO_WORDS = "no-words"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """An explanation for one step (counted from 1), or for the whole answer where `step` is 0.

    `measure` names the measure the remark is about, where there is one.
    """

    step: int
    kind: RemarkKind
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFault:
    """Two credited measures which the candidate has the wrong way round.

    `earlier` should come before `later`; `because` is `phase` or `after`.
    """

    earlier: str
    later: str
    because: Literal["phase", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedStep:
    """A step which the splitter found in free text.

    `measure` and `reason` are the stretches of the text which start at `measure_start` and
    `reason_start` (character offsets; `reason_start` is None without a reason).
    """

    measure: str
    reason: str
    measure_start: int
    reason_start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The text model that marked, by name and version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The mark of one answer against one rubric.

    Every measure of the rubric is in `measures`. `completeness`, `order` and `justification`
    are 0 to 1; `order` is None with fewer than two credited measures. `ratings` holds 0 to 3
    for each key question, `points` is the sum of rating × weight, `grade` is 1 to 6 under the
    assumption `tutor.core.grade` states.
    """

    id: str
    case: str
    engine: Engine
    rubric_language: str
    rubric_sha256: str
    measures: Mapping[str, MeasureMark]
    pitfalls: tuple[PitfallMark, ...]
    extra_steps: tuple[int, ...]
    completeness: float
    order: float | None
    justification: float
    ratings: Mapping[str, int]
    points: int
    max_points: int
    grade: float
    parsed_steps: tuple[ParsedStep, ...] | None = None
    order_faults: tuple[OrderFault, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the result as the JSON object of the stable contract."""
        out: dict[str, Any] = {
            "id": self.id,
            "case": self.case,
            "engine": {"name": self.engine.name, "version": self.engine.version},
            "rubric": {"language": self.rubric_language, "sha256": self.rubric_sha256},
            "measures": {key: _mark_to_json(mark) for key, mark in self.measures.items()},
            "pitfalls": [
                {"id": p.id, "step": p.step, "evidence": [_span_to_json(e) for e in p.evidence]}
                for p in self.pitfalls
            ],
            "extra_steps": list(self.extra_steps),
            "completeness": self.completeness,
            "order": self.order,
            "justification": self.justification,
            "ratings": dict(self.ratings),
            "points": self.points,
            "max_points": self.max_points,
            "grade": self.grade,
            "order_faults": [
                {"earlier": f.earlier, "later": f.later, "because": f.because}
                for f in self.order_faults
            ],
            "remarks": [
                {"step": r.step, "kind": r.kind.value, "measure": r.measure} for r in self.remarks
            ],
        }
        if self.parsed_steps is not None:
            out["parsed_steps"] = [
                {
                    "measure": step.measure,
                    "reason": step.reason,
                    "measure_start": step.measure_start,
                    "reason_start": step.reason_start,
                }
                for step in self.parsed_steps
            ]
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """Read what `to_json` wrote; raises KeyError or ValueError on anything else."""
        parsed = data.get("parsed_steps")
        return cls(
            id=data["id"],
            case=data["case"],
            engine=Engine(**data["engine"]),
            rubric_language=data["rubric"]["language"],
            rubric_sha256=data["rubric"]["sha256"],
            measures={key: _mark_from_json(mark) for key, mark in data["measures"].items()},
            pitfalls=tuple(
                PitfallMark(id=p["id"], step=p["step"], evidence=_spans(p["evidence"]))
                for p in data["pitfalls"]
            ),
            extra_steps=tuple(data["extra_steps"]),
            completeness=data["completeness"],
            order=data["order"],
            justification=data["justification"],
            ratings=dict(data["ratings"]),
            points=data["points"],
            max_points=data["max_points"],
            grade=data["grade"],
            parsed_steps=None if parsed is None else tuple(ParsedStep(**step) for step in parsed),
            order_faults=tuple(OrderFault(**fault) for fault in data["order_faults"]),
            remarks=tuple(
                Remark(step=r["step"], kind=RemarkKind(r["kind"]), measure=r["measure"])
                for r in data["remarks"]
            ),
        )


def _span_to_json(span: Evidence) -> dict[str, Any]:
    return {"step": span.step, "field": span.field, "start": span.start, "end": span.end}


def _spans(data: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**span) for span in data)


def _mark_to_json(mark: MeasureMark) -> dict[str, Any]:
    return {
        "credit": mark.credit,
        "confidence": mark.confidence,
        "steps": list(mark.steps),
        "evidence": [_span_to_json(span) for span in mark.evidence],
        "reason": mark.reason,
        "reason_evidence": [_span_to_json(span) for span in mark.reason_evidence],
        "position": mark.position,
    }


def _mark_from_json(data: Mapping[str, Any]) -> MeasureMark:
    return MeasureMark(
        credit=data["credit"],
        confidence=data["confidence"],
        reason=data["reason"],
        steps=tuple(data["steps"]),
        evidence=_spans(data["evidence"]),
        reason_evidence=_spans(data["reason_evidence"]),
        position=data["position"],
    )
