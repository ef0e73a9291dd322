"""Where a measure stops and its reason begins, inside one stretch of text."""

import re

_LABEL = (
    r"(?:grund|gründe|begründung|begruendung|warum|wieso|weshalb|zweck|ziel|reason|why|rationale|purpose"
    r"|raison|motif|justification|pourquoi|but|motivo|motivazione|ragione|perché|scopo)\s*:"
)
# These open a reason wherever they stand.
_STRONG = (
    r"weil|sodass|so dass|so daß|damit|because|so that|in order to|parce qu[e'’]|afin d[e'’]|afin qu[e'’]"
    r"|pour qu[e'’]|puisqu[e'’]|affinché|affinche|perché|perche|poiché|poiche|in modo (?:che|da)|cosicché|wil|süsch"
)
# These open one only behind a mark: `da` also means there, `um` also at.
_WEAK = (
    r"denn|da|um|sonst|ansonsten|andernfalls|so|dadurch|somit|dann|nur so|since|as|otherwise|this way|that way"
    r"|this keeps|car|sinon|ainsi|pour|comme ça|così|cosi|altrimenti|dato che|visto che|per non"
)
_LABELLED = re.compile(rf"(?:(?<=^)|(?<=[\s(,;.–-])){_LABEL}\s*", re.IGNORECASE)
_INSIDE = re.compile(
    rf"(?<=[\w\]\)])(?P<mark>\s*(?:[,;:.!?(–—-]|->|→|=>)\s*|\s+)(?P<word>(?:{_STRONG})\b|(?:{_WEAK})\b)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:->|→|=>|\t|\s\|\s)\s*")
_STRONG_ONLY = re.compile(rf"(?:{_STRONG})\b", re.IGNORECASE)
_OPENS_REASON = re.compile(
    rf"(?:{_LABEL}|(?:weil|denn|damit|sonst|ansonsten|andernfalls|so|nur so|dadurch|somit|because|otherwise"
    rf"|this way|that way|only then|so that|parce que|car|sinon|ainsi|comme ça|perché|così|altrimenti|in questo modo"
    r"|solo così|seulement)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:weil|da|damit|um|because|since|as|in order to|parce que|puisque|comme|afin|pour|poiché|perché|siccome|per)\b",
    re.IGNORECASE,
)


def opens_reason(sentence: str) -> bool:
    """True where a sentence gives the reason for what was said before it."""
    return _OPENS_REASON.match(sentence.lstrip()) is not None


def reason_first(sentence: str) -> int | None:
    """Return the offset of the comma behind which the measure stands: `Damit …, mache ich …`."""
    if not _SUBORDINATE.match(sentence):
        return None
    comma = sentence.find(",")
    if comma <= 0 or len(sentence[comma:].split()) <= 2:
        return None
    # `Um den Schaden zu begrenzen, …` gives a reason, `Um sieben Uhr, …` a time.
    if sentence[:3].casefold() == "um " and not re.search(
        r"\bzu\b|\w{2,}zu\w{3,}", sentence[:comma]
    ):
        return None
    return comma


def reason_split(text: str) -> tuple[int, int] | None:
    """Return where the measure ends and where its reason begins, or None without a reason.

    Between the two stand only marks or a label such as `Grund:`.
    """
    labelled = _LABELLED.search(text)
    if labelled:
        return labelled.start(), labelled.end()
    arrow = _ARROW.search(text)
    if arrow and text[: arrow.start()].strip() and text[arrow.end() :].strip():
        return arrow.start(), arrow.end()
    for match in _INSIDE.finditer(text):
        is_marked = bool(match["mark"].strip())
        if is_marked or _STRONG_ONLY.fullmatch(match["word"]):
            return match.start("mark"), match.start("word")
    return None
