"""The tokenizer: a unigram model over the pieces that are kept.

Pieces are dropped, never changed, so a word that loses its piece breaks into smaller ones that
the encoder also knows.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from training.e5_file import Piece

START, PAD, END, UNKNOWN = range(4)
_SPECIAL = 4
_SPACE = "▁"
# Short pieces are what unknown words break into.
_SHORT = 3
_SCRIPTS = ("LATIN",)


def build(pieces: Sequence[Piece]) -> Tokenizer:
    """Return a tokenizer whose token ids are the places in `pieces`."""
    tokenizer = Tokenizer(
        models.Unigram([(piece.text, piece.score) for piece in pieces], unk_id=UNKNOWN)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Strip(),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", START), ("</s>", END)]
    )
    return tokenizer


def keep(pieces: Sequence[Piece], texts: Iterable[str]) -> list[int]:
    """Return the places of the pieces worth keeping, in order.

    Those are the special ones, the pieces of the texts given, and every short piece in Latin
    script or without letters.
    """
    seen: set[int] = set()
    tokenizer = build(pieces)
    for text in texts:
        seen.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return [
        place
        for place, piece in enumerate(pieces)
        if place < _SPECIAL or place in seen or _is_small(piece.text)
    ]


def _is_small(text: str) -> bool:
    bare = text.removeprefix(_SPACE)
    return len(bare) <= _SHORT and all(map(_is_served, bare))


def _is_served(letter: str) -> bool:
    if unicodedata.category(letter)[0] in "LM":
        return unicodedata.name(letter, "").startswith(_SCRIPTS)
    return ord(letter) < 0x3000 or ord(letter) >= 0x1F000
