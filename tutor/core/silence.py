"""Rules of good didactics that a check warns of, and how an author answers one with a reason."""

from dataclasses import dataclass
from enum import StrEnum


class LintRule(StrEnum):
    """What a check warns of although the content could be used; see docs/check-rules.md."""

    SITUATION_LENGTH = "situation-length"
    ROLE_FIRST = "role-first"
    TASK_ORDER = "task-order"
    TASK_REASONS = "task-reasons"
    NO_AREA = "no-area"
    SPOILER = "spoiler"
    GIVEN_AWAY = "given-away"
    SIMILAR_MEASURES = "similar-measures"
    STRAY_PARAPHRASE = "stray-paraphrase"
    NO_SAMPLE = "no-sample"
    NO_WEAK_SAMPLE = "no-weak-sample"
    NO_HOSTILE_SAMPLE = "no-hostile-sample"
    UNUSED_PHASE = "unused-phase"
    INJECT_TOO_LATE = "inject-too-late"
    AFTER_LATER_PHASE = "after-later-phase"
    LANGUAGES_DIFFER = "languages-differ"
    IDLE_SAMPLE = "idle-sample"
    NO_CARD = "no-card"
    UNSUPPORTED_MARKDOWN = "unsupported-markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An author's word that a rule does not apply to a file, or to what stands `at` a key path."""

    rule: LintRule
    reason: str
    at: str = ""

    def covers(self, rule: str, key: str) -> bool:
        """True where this silences a warning of the rule at the key."""
        return rule == self.rule and (not self.at or f"{key}.".startswith(f"{self.at}."))
