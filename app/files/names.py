"""What a file is called: people's words, without what a name could do to whoever saves it."""

import re
import unicodedata

from app.files.kinds import Media

LONGEST = 120
ENDING = re.compile(r"\.(?=[A-Za-z0-9]{1,5}$)\d*[A-Za-z][A-Za-z0-9]*$")
UNSAVABLE = re.compile(r'[<>:"|?*]')


def clean_name(said: str, media: Media, instead: str) -> str:
    """The last part of a path, without signs that nobody sees or that turn the reading round, under the ending of what
    the file is."""
    name = re.split(r"[\\/]", unicodedata.normalize("NFC", said))[-1]
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else "" for sign in name)
    seen = " ".join(UNSAVABLE.sub(" ", seen).split())
    stem = ENDING.sub("", seen).strip(". ")[:LONGEST].strip(". ") or instead
    return f"{stem}.{media.ending}"
