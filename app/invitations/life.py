"""An invitation's whole life as its readers are told it: how far it has come, and every dated row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.access.door import Member
from app.access.may import Act
from app.access.models import Membership
from app.dates import DENMARK, today
from app.invitations.models import Consent, Invitation, InvitationClaim, InvitationStep, Step
from app.journal import Event, Kind
from app.shapes.invitations import Information
from app.text import LANGUAGES, catalogue

LINK_LIVES = timedelta(hours=72)
SETTLED = (Step.accepted, Step.refused, Step.declined)
# What happens to a place stands in the journal.
OF_PLACES = {
    Kind.member_left: "ended",
    Kind.member_paused: "paused",
    Kind.member_prolonged: "prolonged",
    Kind.member_resumed: "resumed",
}
# What a giver reads before saying yes: frontend/src/lib/invite/ConsentText.svelte shows these lines.
CONSENT_TEXT = (
    "agree.check_lead",
    "agree.if_no",
    "agree.if_no_longer",
    "agree.if_no_text",
    "agree.kinds",
    "agree.regret",
    "agree.regret_text",
    "agree.until",
    "agree.until_date",
    "agree.what",
    "agree.what_all",
    "agree.what_new",
    "agree.who",
    "agree.why",
    *(f"information.{kind}" for kind in Information),
)


@cache
def text_version() -> str:
    """Which wording a giver is shown now."""
    words = [catalogue(language)[key] for language in LANGUAGES for key in CONSENT_TEXT]
    return sha256("\n".join(words).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Life:
    """One invitation with all of its rows, in the order of time (consents: newest first), as `member` is told it."""

    it: Invitation
    waits_for: list[UUID]
    steps: list[InvitationStep]
    consents: list[Consent]
    claims: list[InvitationClaim]
    happened: list[Event]
    places: dict[UUID, Membership]
    member: Member

    def told(self) -> dict[str, Any]:
        it, running = self.it, self._can_be or self._runs
        may = self._may()
        proposer = self.places[it.proposed_by]
        return may | {
            "id": it.id,
            "name": it.name,
            "capacity": it.capacity,
            "role": it.role,
            "email": it.email if may["may_agree"] or it.proposed_by == self.member.id else None,
            "purpose": it.purpose,
            "kinds": it.kinds,
            "ends_on": it.ends_on,
            "history": it.history,
            "proposed_by": {"name": proposer.name, "capacity": proposer.capacity},
            "state": self.state,
            "steps": self._rows(self.state),
            "consents": [consent_told(given, self.member, self.places, running) for given in self.consents],
            "every_holder": it.every_holder,
            "waits_for": self._waited_for if running else [],
            "claims": [_claim(claim) for claim in self.claims],
            "membership": it.place_id,
            "until": self._place.ends_on if self._place else None,
            "text_version": text_version(),
        }

    def _may(self) -> dict[str, bool]:
        agrees = self.member.may(Act.agree_to_invitation)
        return {
            "may_agree": self._waiting and agrees and self.member.id in self.waits_for,
            "may_decline": self._settled is None and agrees,
            "may_prolong": self._runs and agrees,
            "may_record_consent": (self._waiting or self._runs) and self.member.may(Act.record_consent),
        }

    @property
    def _place(self) -> Membership | None:
        return self.places[self.it.place_id] if self.it.place_id else None

    @property
    def _settled(self) -> Step | None:
        return next((Step(row.step) for row in self.steps if row.step in SETTLED), None)

    @property
    def _days_over(self) -> bool:
        return self.it.ends_on is not None and self.it.ends_on < today()

    @property
    def _can_be(self) -> bool:
        """Nobody has settled it, and its days are not over."""
        return self._settled is None and not self._days_over

    @property
    def _waiting(self) -> bool:
        """Somebody must still agree. Who has left the thread invites nobody: the mailed link would open nothing."""
        return self._can_be and bool(self.waits_for) and _in_force(self.places[self.it.proposed_by])

    @property
    def _waited_for(self) -> list[dict[str, Any]]:
        return sorted((author(self.places[giver]) for giver in self.waits_for), key=lambda it: (it["role"], it["name"]))

    @property
    def _runs(self) -> bool:
        return self._place is not None and _in_force(self._place)

    @property
    def state(self) -> str:
        """How far it has come; `expired` when its link has lived its 72 hours unanswered, or its days are over."""
        if self._place is not None:
            return self._state_of_place(self._place)
        if self._settled is not None:
            return self._settled.value
        if self._days_over or (not self.waits_for and (over := self._link_over) and over < datetime.now(UTC)):
            return "expired"
        if self.waits_for:
            return Step.proposed.value
        if self._mailed and self._mailed.step == Step.bounced:
            return Step.bounced.value
        came = {row.step for row in self.steps}
        return next(step.value for step in (Step.opened, Step.sent, Step.agreed) if step in came)

    @staticmethod
    def _state_of_place(place: Membership) -> str:
        over = place.ended_at is not None or (place.ends_on is not None and place.ends_on < today())
        return "ended" if over else "paused" if place.paused_at else Step.accepted.value

    @property
    def _mailed(self) -> InvitationStep | None:
        """What became of the newest mail."""
        return next((row for row in reversed(self.steps) if row.step in (Step.bounced, Step.sent)), None)

    @property
    def _link_over(self) -> datetime | None:
        return self._mailed.at + LINK_LIVES if self._mailed and self._mailed.step == Step.sent else None

    def _rows(self, state: str) -> list[dict[str, Any]]:
        rows = [self._row(row.step, row.at, row.by_id) for row in self.steps]
        rows += [self._row(self._what(event), event.at, event.actor_id) for event in self.happened]
        if state == "expired":
            rows.append(
                self._row("expired", self._link_over if not self._days_over else _end_of(self.it.ends_on), None)
            )
        elif state == "ended" and self._place and self._place.ended_at is None:  # nobody has written it down yet
            rows.append(self._row("expired", _end_of(self._place.ends_on), None))
        return sorted(rows, key=lambda row: row["at"])

    def _what(self, event: Event) -> str:
        by_itself = event.kind == Kind.member_left and self._place and self._place.end_reason == "expired"
        return "expired" if by_itself else OF_PLACES[Kind(event.kind)]

    def _row(self, step: str, at: datetime | None, by: UUID | None) -> dict[str, Any]:
        place = self.places.get(by) if by else None
        return {"step": step, "at": at, "by": place.name if place else None}


def _in_force(place: Membership) -> bool:
    return place.ended_at is None and place.paused_at is None and (place.ends_on is None or place.ends_on >= today())


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), time(), DENMARK) if day else None


def _claim(it: InvitationClaim) -> dict[str, Any]:
    state = "waiting" if it.approved is None else "approved" if it.approved else "rejected"
    return {"id": it.id, "name": it.name, "email": it.email, "at": it.at, "state": state}


def author(place: Membership) -> dict[str, Any]:
    """How somebody is named."""
    return {"membership": place.id, "name": place.name, "capacity": place.capacity, "role": place.role}


def consent_told(it: Consent, member: Member, places: dict[UUID, Membership], running: bool) -> dict[str, Any]:
    """`running`: what it was given for can still be, or is."""
    in_force = running and it.withdrawn_at is None and it.until >= today() and places[it.giver_id].ended_at is None
    return {
        "id": it.id,
        "invitation": it.invitation_id,
        "giver": author(places[it.giver_id]),
        "recipient": it.recipient,
        "purpose": it.purpose,
        "kinds": it.kinds,
        "text_version": it.text_version,
        "how": it.how,
        "given_on": it.given_on,
        "recorded_by": author(places[it.recorded_by]) if it.recorded_by else None,
        "recorded_at": it.recorded_at,
        "until": it.until,
        "withdrawn_at": it.withdrawn_at,
        "withdrawn_by": author(places[it.withdrawn_by]) if it.withdrawn_by else None,
        "in_force": in_force,
        "may_withdraw": in_force and it.giver_id == member.id and member.may(Act.withdraw_consent),
    }
