"""Where a measure stops and its reason begins, inside one stretch of text."""

import re


def _any(alternatives: str) -> str:
    """Join alternatives into a group; an underscore stands for a space."""
    return "(?:" + "|".join(part.replace("_", " ") for part in alternatives.split()) + ")"


_LABEL = (
    _any(
        """grund gründe begründung begruendung warum wieso weshalb zweck ziel
        reason why rationale purpose raison motif justification pourquoi but
        motivo motivazione ragione perché scopo"""
    )
    + r"\s*:"
)
# These open a reason wherever they stand.
_STRONG = _any(
    """weil sodass so_dass so_daß damit wil süsch because so_that in_order_to
    parce_qu[e'’] afin_d[e'’] afin_qu[e'’] pour_qu[e'’] puisqu[e'’]
    affinché affinche perché perche poiché poiche in_modo_(?:che|da) cosicché"""
)
# These open one only behind a mark: `da` also means there, `um` also at.
_WEAK = _any(
    """denn da um sonst ansonsten andernfalls so dadurch somit nur_so
    since as otherwise this_way that_way this_keeps car sinon ainsi pour comme_ça
    così cosi altrimenti dato_che visto_che per_non"""
)
# `, dann wissen alle Bescheid` gives a reason, `, dann die Sicherung einspielen` the next step.
_THEN = (
    r"dann(?!\s+(?:(?-i:[A-ZÄÖÜ])|d(?:ie|en|as|er|em)\b|(?:ein|kein|all|wieder|zurück|auf|aus|mit"
    r"|bei|vo[nmr]|zu|i[nm]|a[nm]|nach|für|über)))"
)
# A sentence that begins with one of these gives the reason for the one before it.
_OPENERS = _any(
    """weil denn damit sonst ansonsten andernfalls so nur_so dadurch somit
    because otherwise this_way that_way only_then so_that
    parce_que car sinon ainsi comme_ça seulement
    perché così altrimenti in_questo_modo solo_così"""
)
# A sentence that begins with one of these gives its own reason first.
_SUBORDINATORS = _any(
    """weil da damit um because since as in_order_to
    parce_que puisque comme afin pour poiché perché siccome per"""
)
_LABELLED = re.compile(rf"(?:(?<=^)|(?<=[\s(,;.–-])){_LABEL}\s*", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?<=[\w\]\)])(?P<mark>\s*(?:[,;:.!?(–—-]|->|→|=>)\s*|\s+)"
    rf"(?P<word>{_STRONG}\b|{_WEAK}\b|{_THEN}\b)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:->|→|=>|\t|\s\|\s)\s*")
_STRONG_ONLY = re.compile(rf"{_STRONG}\b", re.IGNORECASE)
_OPENS_REASON = re.compile(rf"(?:{_LABEL}|{_OPENERS}\b)", re.IGNORECASE)
_SUBORDINATE = re.compile(rf"{_SUBORDINATORS}\b", re.IGNORECASE)


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
