"""What stands in an answer and is no answer: instructions to the marker, markup, code, drumming."""

import re
from collections.abc import Collection

from tutor.core.words import fold, words

# Whoever addresses the marker or names a mark asks for points instead of earning them.
_TO_THE_MARKER = re.compile(
    r"\b(?:system\s*:|assistant\s*:|user\s*:|prompt\b|### ?|ignor\w+ (?:\w+ )?(?:\w+ )?(?:anweisung|regel|musterl|rubri"
    r"|instruction|previous|above|rule|consigne|istruzion)\w*"
    r"|(?:musterl(?:ö|oe)sung|bewertungsraster|rubrik|rubric|bar[èe]me|griglia)\b"
    r"|(?:volle|maximale|alle|ganze)n? (?:punkt|punktzahl|note)\w*|(?:full|maximum|all) (?:marks|points|score|credit)"
    r"|punkte (?:bitte|geben|vergeben)|\d+ ?(?:/ ?\d+ )?(?:punkte|points|punti)\b|note (?:6|sechs)|bestnote|score\s*[:=]"
    r"|(?:sehr geehrte|liebe|dear) (?:\w+ )?(?:expert|pr(?:ü|ue)f|marker|examiner|korrektor)\w*"
    r"|(?:an|to) (?:den|die|the) (?:korrektor|pr(?:ü|ue)fer|marker|examiner|expert)\w*"
    r"|massnahmen? (?:sind|ist|gilt|gelten) (?:\w+ )?(?:erf(?:ü|ue)llt|vorhanden|vollst(?:ä|ae)ndig|korrekt)"
    r"|(?:als|as) (?:vorhanden|erf(?:ü|ue)llt|richtig|korrekt|correct|found|present) (?:markier|bewert|mark|werten)\w*"
    r"|(?:markiere|bewerte|mark|grade|rate|give) (?:\w+ )?(?:jede|alle|diese|every|all|this|each|me|mir)\b"
    r"|: ?(?:erf(?:ü|ue)llt|vorhanden|found|present|done|hit)\b|\b(?:admin|debug) mode"
    r"|\"\w+\"\s*:|h(?:ö|oe)chst(?:punkt|note)\w*|(?:kandidat|candidat)\w* (?:hat|erh(?:ä|ae)lt|bekommt|has|gets|receives|a) "
    r"|credit\s*[:=]|mark (?:everything|all|this)|tous les points|tutti i punti|punteggio (?:pieno|massimo)|note maximale)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"<\/?[a-zA-Z!][^<>\n]{0,200}>"  # tags
    r"|\[/?[a-z]*(?:[ =][^\]\n]{0,80})?\]"  # markup of terminals and forums
    r"|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}"  # templates
    r"|(?:\\033|\\x1b|\\e|\x1b|\bESC)\[[0-9;]*[A-Za-z]"  # escape sequences, also spelled out
    r"|\bhttps?://\S+"
    r"|\b(?:true|false|null|PASS(?:ED)?|OK)\b(?=[\s,;}\]]|$)",
)
_DATA_LINE = re.compile(
    r"""^\s*(?:[{\[].*[:,].*[}\]],?|["']?[\w-]+["']?\s*[:=]\s*(?:\{.*|\[.*|true|false|yes|no|null|\d+(?:\.\d+)?(?:/\d+)?|["'].*)?,?)\s*$""",
    re.IGNORECASE,
)
_DRUMMING = re.compile(r"(\w{2,30}?)\1{3,}")
# A text of one word over and over: fewer than one word in three is a different one.
_REPEATED_WORDS = 6
_DIFFERENT_SHARE = 0.34
# A token nobody types: longer than any German compound of the trade.
_LONGEST_WORD = 60


def without_code(text: str) -> str:
    """Return the text with markup, code and escape sequences blanked; offsets stay."""
    return _CODE.sub(lambda match: " " * len(match.group()), text)


def is_instruction(sentence: str, names: Collection[str] = ()) -> bool:
    """True for a sentence that talks to the marker, and for data instead of language.

    `names` are ids of the rubric such as `restore-backup`: no candidate writes one by chance.
    """
    if _TO_THE_MARKER.search(sentence) or _DATA_LINE.match(sentence):
        return True
    return any("-" in name and name in sentence for name in names)


def is_drumming(text: str) -> bool:
    """True where the same letters or words are repeated over and over."""
    found = words(text)
    if any(len(word.text) > _LONGEST_WORD or _DRUMMING.fullmatch(word.folded) for word in found):
        return True
    if len(found) < _REPEATED_WORDS:
        return False
    return len({fold(word.text) for word in found}) / len(found) < _DIFFERENT_SHARE
