"""A rubric: everything a marker knows about a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.core.answer import Step
from tutor.core.silence import Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the model procedure; order is marked between phases."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Hours a measure takes, and the share (0 to 1) of the running loss it then ends."""

    takes_hours: float
    reduces: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of the model solution, with its reason and other ways of saying it.

    `after` names measures which must come first, `near_misses` (the key `not` in YAML) are
    sentences that sound alike and must not earn it, `theory` is the id of a theory card.
    """

    id: str
    phase: str
    text: str
    reason: str
    weight: float = 1.0
    after: tuple[str, ...] = ()
    paraphrases: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    effect: Effect | None = None
    theory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitfall:
    """A step that does harm, and why it hurts."""

    id: str
    text: str
    why: str
    paraphrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The loss that runs while nothing is done: `per_hour` in `unit`, for `horizon_hours`."""

    unit: str
    per_hour: float
    horizon_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A marked example answer: a regression test of the rubric.

    Exactly one of `steps` and `text` is filled. `expect` maps measure ids to the lowest and
    highest credit allowed; one number above 0 (both ends the same) asks that the measure is
    found, half or whole, for an author knows what an answer proposes better than how surely an
    engine sees it. `expect_rating` maps key question ids to the lowest and highest rating.
    A sample that `needs_semantic` asks for more than shared words can show and is skipped
    where only the lexical engine is installed.
    """

    name: str
    steps: tuple[Step, ...] = ()
    text: str | None = None
    expect: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    expect_rating: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    expect_pitfalls: tuple[str, ...] | None = None
    needs_semantic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The model solution of a case in one language; `sha256` is the digest of its file."""

    case: str
    language: str
    sha256: str
    phases: tuple[Phase, ...]
    measures: tuple[Measure, ...]
    pitfalls: tuple[Pitfall, ...] = ()
    impact: Impact | None = None
    samples: tuple[Sample, ...] = ()
    silences: tuple[Silence, ...] = ()

    def measure(self, measure_id: str) -> Measure:
        """Return the measure with this id; raises KeyError."""
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise KeyError(measure_id)

    def phase_index(self, measure: Measure) -> int:
        """Return the 0-based place of a measure's phase in the model procedure."""
        return [phase.id for phase in self.phases].index(measure.phase)

    def model_order(self) -> tuple[Measure, ...]:
        """Return the measures in the order of the model procedure: by phase, then as written."""
        return tuple(sorted(self.measures, key=self.phase_index))
