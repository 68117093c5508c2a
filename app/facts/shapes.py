from datetime import datetime
from uuid import UUID

from app.facts.models import FactKind
from app.shapes import Answer, Author, Body, Named, Sentence


class NewFact(Body):
    kind: FactKind
    text: Sentence


class FactText(Body):
    text: Sentence


class NewGrant(Body):
    membership: UUID


class Made(Answer):
    id: UUID


class GrantOut(Author):
    """Somebody whom the owner shows a fact to. Only the owner is told."""

    id: UUID
    granted_at: datetime


class SeenOut(Named):
    """Somebody who is here by work or invitation read it, last at this moment. Only the owner is told."""

    at: datetime


class MyFact(Answer):
    id: UUID
    kind: FactKind
    text: str
    written_at: datetime
    grants: list[GrantOut]
    seen: list[SeenOut]


class ShownFact(Answer):
    id: UUID
    kind: FactKind
    text: str
    written_at: datetime
    owner: Named


class FactsOut(Answer):
    """`people`: co-members whom something can be shown to. `may_keep`: whether one's role has facts of its own here."""

    child_name: str
    mine: list[MyFact]
    shown: list[ShownFact]
    people: list[Author]
    may_keep: bool
