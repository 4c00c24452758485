"""Flags of a prompt that take a picture: `--sref`, `--cref` and `--oref` without an address behind them."""

import re
from collections.abc import Sequence

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.task import Attached, PictureId, Role

_BARE = re.compile(r"(?<!\S)--(sref|cref|oref)(?=\s+--|\s*$)")
_FLAG = re.compile(r"(?<!\S)--")


def bare_flags(prompt: str) -> tuple[Role, ...]:
    """The flags that name nothing, in their order, each once."""
    return tuple(dict.fromkeys(Role(found.group(1)) for found in _BARE.finditer(prompt)))


def attach(prompt: str, pictures: Sequence[PictureId]) -> tuple[Attached, ...]:
    """What each picture is for. Raises `PicturesUnfit` where a flag wants one and there is none.

    One bare flag takes all of them; several take one each, in order, and the rest is drawn from.
    """
    flags = bare_flags(prompt)
    if len(flags) > len(pictures):
        raise PicturesUnfit(PicturesTrouble.FLAG, word=f"--{flags[len(pictures)]}")
    if len(flags) == 1:
        return tuple(Attached(picture=one, role=flags[0]) for one in pictures)
    roles = (*flags, *(Role.PROMPT,) * len(pictures))
    return tuple(Attached(picture=one, role=role) for one, role in zip(pictures, roles, strict=False))


def once(prompt: str) -> str:
    """The prompt without the second of two equal bare flags: one takes all pictures of its kind."""
    seen: set[str] = set()

    def keep(found: re.Match[str]) -> str:
        repeated = found.group(1) in seen
        seen.add(found.group(1))
        return "" if repeated else found.group(0)

    return re.sub(r"[ \t]{2,}", " ", _BARE.sub(keep, prompt)).strip() if len(_BARE.findall(prompt)) > 1 else prompt


def has_words(prompt: str) -> bool:
    """Whether there is anything but flags."""
    return bool(_FLAG.split(prompt, maxsplit=1)[0].strip())
