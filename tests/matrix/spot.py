"""A case in the world of the matrix."""

from dataclasses import dataclass, field, replace
from uuid import uuid4


@dataclass
class Spot:
    """One object state: an address, and what can be found there, by the name that paths and bodies give it."""

    case: str
    thread: str
    ids: dict[str, str] = field(default_factory=dict)
    own: dict[tuple[str, str], str] = field(default_factory=dict)  # (what, who): that person's own one
    child: str = ""
    born: str = ""

    @property
    def path(self) -> str:
        return f"/api/cases/{self.case}/threads/{self.thread}"

    def named(self, who: str, what: str) -> str:
        if what in ("case", "thread"):
            return self.case if what == "case" else self.thread
        if (what, who) in self.own:
            return self.own[what, who]
        return self.ids.get(what) or str(uuid4())

    def but(self, **ids: str) -> "Spot":
        """The same place, where these are other ones."""
        kept = {key: it for key, it in self.own.items() if key[0] not in ids}
        return replace(self, ids=self.ids | ids, own=kept)
