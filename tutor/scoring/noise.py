"""What stands in an answer and is no answer: instructions to the marker, markup, code, drumming."""

import re
from collections.abc import Collection

from tutor.core.words import fold, words

# Whoever addresses the marker or names a mark asks for points instead of earning them.
# `Alle doppelten Bestellungen markieren` and `Kunden prompt informieren` are measures.
_TO_THE_MARKER = re.compile(
    "|".join(
        (
            r"(?-i:\bSYSTEM\s*:|\bASSISTANT\s*:)|###",
            r"\bignor\w+ (?:\w+ ){0,2}(?:anweisung|regel|musterl|rubri|consigne|istruzion)\w*",
            r"\bignor\w+ (?:\w+ ){0,2}(?:instruction|previous|above|rule)\w*",
            r"\b(?:musterl(?:ö|oe)sung|bewertungsraster|marking scheme|bar[èe]me)\b",
            r"\b(?:volle|maximale|ganze)n? (?:punkt|punktzahl|note)\w*",
            r"\b(?:full|maximum|all) (?:marks|points|score|credit)\b",
            r"\bpunkte (?:bitte|geben|vergeben)|\b\d+ ?(?:/ ?\d+ )?(?:punkte|points|punti)\b",
            r"\bnote (?:6|sechs)\b|\bbestnote|\bh(?:ö|oe)chst(?:punkt|note)\w*",
            r"\b(?:score|credit|grade)\s*[:=]",
            r"\b(?:sehr geehrte|liebe|dear) (?:\w+ )?(?:expert|pr(?:ü|ue)f|examiner|korrekt)",
            r"^\W*(?:an|to) (?:den|die|the) (?:korrektor|pr(?:ü|ue)fer|marker|examiner|expert)",
            r"\bmassnahmen? (?:sind|ist|gilt|gelten) (?:\w+ )?(?:erf(?:ü|ue)llt|vorhanden|korrekt)",
            r"\bmassnahmen? (?:sind|ist|gilt|gelten) (?:\w+ )?vollst(?:ä|ae)ndig",
            r"\b(?:als|as) (?:vorhanden|erf(?:ü|ue)llt|richtig|korrekt|correct) (?:mark|bewert)",
            r"\b(?:markiere|bewerte|mark|grade|rate) (?:\w+ ){0,2}(?:mass?nahm|measure|[kc]riteri)",
            r"\b(?:give|gib|geben sie) (?:me|mir|full|volle)\b|\bmark (?:this|everything)\b",
            r": ?(?:erf(?:ü|ue)llt|vorhanden|found|present|hit)\b|\b(?:admin|debug) mode",
            r"\b(?:kandidat|candidat)\w* (?:hat|erh(?:ä|ae)lt|bekommt|has|gets|receives|a) ",
            # The past tense and the passive claim a mark as well as the imperative.
            (
                r"\b(?:pr(?:ü|ue)fer|korrektor|bewerter|pr(?:ü|ue)fungsexpert|examiner|marker)\w* "
                r"(?:\w+ ){0,3}(?:best(?:ä|ae)tig|akzept|einverst|agree|confirm|accept|approv)"
            ),
            (
                r"^(?!.*\b(?:wenn|ob|bis|sobald|dass|damit|when|that|if|until|whether|once|that"
                r"|\w*anforderung\w*|\w*bedingung\w*|voraussetzung\w*|[kc]riteri\w*|requirement\w*"
                r"|condition\w*)\b).*"
                r"\b(?:sind|ist|are|is) (?:\w+ )?(?:erf(?:ü|ue)llt|fulfilled)\W*$"
            ),
            r"\btous les points|\btutti i punti|\bpunteggio (?:pieno|massimo)|\bnote maximale",
            r"\"\w+\"\s*:",
        )
    ),
    re.IGNORECASE,
)
_CODE = re.compile(
    r"<\/?[a-zA-Z!][^<>\n]{0,200}>"  # tags
    # Markup of terminals and forums; `Kunden [per Mail] informieren` is a sentence.
    r"|\[/[a-z]*\]|\[[a-z]+=[^\]\n]{0,80}\]"
    r"|\[(?:b|i|u|s|bold|italic|underline|strike|dim|blink|reverse|code|quote|url|img|color"
    r"|black|red|green|yellow|blue|magenta|cyan|white)(?: [^\]\n]{0,80})?\]"
    r"|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}"  # templates
    r"|(?:\\033|\\x1b|\\u001b|\\e|\x1b|\bESC)\[[0-9;]*[A-Za-z]"  # escape sequences, spelled out
    r"|\bhttps?://\S+"
    r"|\b(?:true|false|null|PASS(?:ED)?|OK)\b(?=[\s,;}\]]|$)",
)
# A line of JSON or YAML. Possessive, because a line is up to 2,000 characters of anybody's.
_DATA_LINE = re.compile(
    r"""^\s*+(?:[{\[][^\n]*[:,][^\n]*[}\]],?|["']?[\w-]++["']?\s*+[:=]\s*+"""
    r"""(?:\{.*|\[.*|true|false|yes|no|null|\d+(?:\.\d+)?(?:/\d+)?|["'].*)?,?)\s*$""",
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

    `names` are ids of the rubric such as `restore-backup`. In prose `two-factor` is a word like
    any other; alone, in brackets, in backticks or before a colon it is data.
    """
    if _TO_THE_MARKER.search(sentence) or _DATA_LINE.match(sentence):
        return True
    written = [name for name in names if "-" in name and name in sentence]
    rest = sentence
    for name in written:
        rest = rest.replace(name, " ")
    return bool(written) and (not words(rest) or any(_is_data(name, sentence) for name in written))


def _is_data(name: str, sentence: str) -> bool:
    name = re.escape(name)
    return bool(re.search(rf"[\[({{<`]\s*{name}\s*[\])}}>`]|\b{name}[\"'`]?\s*[:=]", sentence))


def is_drumming(text: str) -> bool:
    """True where the same letters or words are repeated over and over."""
    found = words(text)
    if any(len(word.text) > _LONGEST_WORD or _DRUMMING.fullmatch(word.folded) for word in found):
        return True
    if len(found) < _REPEATED_WORDS:
        return False
    return len({fold(word.text) for word in found}) / len(found) < _DIFFERENT_SHARE
