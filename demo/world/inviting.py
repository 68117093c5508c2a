"""Proposing somebody, agreeing to it, and the link that opens the door."""

import secrets
from datetime import timedelta

from sqlalchemy import select, text

from app.access.door import token_hash
from app.dates import today
from app.db import transaction
from app.invitations import actions as invitations
from app.invitations.models import Consent
from app.invitations.shapes import Proposal, Recording
from app.threads import actions as threads
from demo.world.people import email_of
from demo.world.stage import Stage, place_in
from demo.world.story import Deed


class Inviting(Stage):
    async def propose(self, deed: Deed) -> None:
        told = deed.what["guest_told"]
        proposal = Proposal(
            id=deed.what["id"],
            name=deed.what["name"],
            email=email_of(deed.what["guest"]),
            capacity=told["as"],
            role=told.get("role", "professional"),
            purpose=told["purpose"],
            kinds=told["about"],
            ends_on=today() + timedelta(days=told["ends"]),
            history=told.get("history", False),
        )
        async with self.in_thread(deed) as (db, member):
            self.invited[deed.what["invitation"]] = await invitations.propose_invitation(db, member, proposal)

    async def agree(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await invitations.agree_to_invitation(db, member, self.invited[deed.what["invitation"]], None)

    async def write_down_consent(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            giver = (await db.scalars(place_in(member, deed.what["giver"]))).one()
            told = Recording(giver=giver, how=deed.what["how"], given_on=today())
            await invitations.record_consent(db, member, self.invited[deed.what["invitation"]], told)

    async def withdraw_consent(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            given = select(Consent.id).where(
                Consent.invitation_id == self.invited[deed.what["invitation"]], Consent.giver_id == member.id
            )
            await invitations.withdraw_consent(db, member, (await db.scalars(given)).one())

    async def decline(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await invitations.decline_invitation(db, member, self.invited[deed.what["invitation"]])

    async def send(self, deed: Deed) -> None:
        """What the worker does, but for the mail."""
        invitation = self.invited[deed.what["invitation"]]
        token = self.links[invitation] = secrets.token_urlsafe(32)
        values = {"invitation": invitation, "hash": token_hash(token)}
        async with transaction(self.worker) as db:
            (await db.execute(text("select * from issue_invitation(:invitation, :hash)"), values)).one()
            await db.execute(text("select invitation_sent(:invitation)"), {"invitation": invitation})

    async def look_at(self, deed: Deed) -> None:
        async with self.as_person(deed.who) as (db, viewer):
            await invitations.open_invitation(db, viewer, self.links[self.invited[deed.what["invitation"]]])

    async def join(self, deed: Deed) -> None:
        invitation = self.invited[deed.what["invitation"]]
        async with self.as_person(deed.who) as (db, viewer):
            await invitations.redeem_invitation(db, viewer, self.links[invitation])
        self.accepted[invitation] = deed.at

    async def end(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            place = (await db.scalars(place_in(member, deed.what["guest"]))).one()
            await threads.end_membership(db, member, place, None)
