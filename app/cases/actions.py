"""Opening a dialogue: a child, a family thread, and the family in it from the first moment."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member, Viewer
from app.access.may import Role
from app.access.models import Membership
from app.cases.models import Case
from app.cases.shapes import FamilyPerson, NewCase
from app.consultations.reads import advised_by
from app.dates import age
from app.errors import Invalid, NotAllowed
from app.invitations.models import Invitation, InvitationStep, Step
from app.jobs import SEND_INVITATION, SEND_NEWS, enqueue
from app.journal import Kind, record
from app.people.models import EmploymentRole
from app.people.reads import caseworker_for, running_employment
from app.threads.models import Thread, ThreadKind

# From these ages a child logs in by itself (MitID), and decides beside its parents.
LOGS_IN_FROM, YOUNG_PERSON_FROM = 13, 15
# What somebody is in the threads, by what he or she is employed as. Administrators and auditors see no content.
OPENS_AS = {
    EmploymentRole.caseworker: Role.caseworker,
    EmploymentRole.leader: Role.caseworker,
    EmploymentRole.professional: Role.professional,
}


@dataclass
class _Opening:
    """What is being put together, before anything is written."""

    case: Case
    thread: Thread
    places: list[Membership] = field(default_factory=list)
    welcomes: list[tuple[str, Membership]] = field(default_factory=list)  # the address, and the place that waits
    news: list[UUID] = field(default_factory=list)

    @property
    def too_young(self) -> bool:
        """Whether the child has no login of its own yet. An unknown birthday: it may have one."""
        return self.case.child_born is not None and age(self.case.child_born) < LOGS_IN_FROM

    def seat(self, person: UUID, role: Role, name: str, capacity: str, employment: UUID | None = None) -> Membership:
        """One place a person: naming somebody twice changes nothing. A child of 15 is a young person."""
        born = self.case.child_born
        if role is Role.child and born is not None and age(born) >= YOUNG_PERSON_FROM:
            role = Role.young_person
        for place in self.places:
            if place.person_id == person:
                return place
        place = Membership(
            id=uuid4(),
            case_id=self.case.id,
            thread_id=self.thread.id,
            person_id=person,
            role=role,
            name=name,
            capacity=capacity,
            employment_id=employment,
        )
        self.places.append(place)
        return place


async def open_case(db: AsyncSession, viewer: Viewer, new: NewCase) -> tuple[UUID, UUID]:
    """Open a dialogue; answers the case and its family thread. No formal case is needed, and anybody may open one:
    the municipality's own people and professionals for a family that they name, a parent for the own family.

    Invalid family_missing: somebody employed opened it without a custody holder. NotAllowed: no such employment.
    """
    case = Case(id=new.id or uuid4(), child_name=new.child_name, child_born=new.child_born, opened_by=viewer.person)
    thread = Thread(
        id=uuid5(case.id, "family"),
        case_id=case.id,
        kind=ThreadKind.family,
        purpose=new.purpose,
        opened_by=viewer.person,
    )
    if (known := await _same_again(db, viewer, case.id)) is not None:
        return known
    opening = _Opening(case, thread)
    me = await _seat_myself(db, viewer, new, opening)
    if new.with_family_department:
        await _seat_receiver(db, new, opening)
    await _seat_family(db, viewer, new.family, opening)
    for rows in ([case], [thread], opening.places):
        db.add_all(rows)
        await db.flush()
    member = Member(me.id, viewer.person, case.id, thread.id, Role(me.role), me.name, me.capacity, 0, closed=False)
    await record(db, member, Kind.thread_opened, thread.id)
    await _write_to_family(db, member, opening, new.purpose)
    return case.id, thread.id


async def _same_again(db: AsyncSession, viewer: Viewer, case: UUID) -> tuple[UUID, UUID] | None:
    """A retry with the id that the client made."""
    query = text("select id from threads where case_id = :case and kind = 'family' and opened_by = :me")
    thread = (await db.execute(query, {"case": case, "me": viewer.person})).scalar_one_or_none()
    return (case, thread) if thread else None


async def _seat_myself(db: AsyncSession, viewer: Viewer, new: NewCase, opening: _Opening) -> Membership:
    with_custody = any(person.role is Role.custody_holder for person in new.family)
    if new.employment is None:
        if new.role is Role.relative and not with_custody:
            raise Invalid("family_missing")
        return opening.seat(viewer.person, new.role, viewer.name, new.capacity or "")
    job = await running_employment(db, viewer.person, new.employment)
    if job is None or EmploymentRole(job.role) not in OPENS_AS:
        raise NotAllowed
    if not with_custody:
        raise Invalid("family_missing")
    opening.case.unit_id = job.unit_id
    return opening.seat(viewer.person, OPENS_AS[EmploymentRole(job.role)], viewer.name, job.title, job.id)


async def _seat_family(db: AsyncSession, viewer: Viewer, family: list[FamilyPerson], opening: _Opening) -> None:
    """Known by an address they have verified, or somebody new whose place waits. The opener is not told which."""
    addresses = {named.email.lower() for named in family if named.email}
    if viewer.verified_email and viewer.verified_email.lower() in addresses:
        raise Invalid("family_missing")  # oneself is not the family that one writes with
    for named in family:
        if named.email is None or (named.role is Role.child and opening.too_young):
            await _seat_waiting_child(db, named, opening)
            continue
        query = text("select person_id, known from family_person(:name, :email, :seated)")
        seated = [place.person_id for place in opening.places]
        found = (await db.execute(query, {"name": named.name, "email": named.email, "seated": seated})).one()
        place = opening.seat(found.person_id, named.role, named.name, named.capacity)
        if found.known:
            opening.news.append(found.person_id)
        else:
            opening.welcomes.append((named.email, place))


async def _seat_waiting_child(db: AsyncSession, named: FamilyPerson, opening: _Opening) -> None:
    """Too young to log in, or without an address: in from the first moment, its words written down by others. Nobody
    who has verified the address sits down in the child's place, and no mail goes out before it is thirteen."""
    query = text("select waiting_person(:name, :email)")
    person = (await db.execute(query, {"name": named.name, "email": named.email})).scalar_one()
    opening.seat(person, named.role, named.name, named.capacity)


async def _seat_receiver(db: AsyncSession, new: NewCase, opening: _Opening) -> None:
    """A professional's dialogue goes to whoever has advised on it, else to whoever receives from that workplace; a
    family's to the department."""
    receiver = await advised_by(db, new.consultation) if new.consultation else None
    receiver = receiver or await caseworker_for(db, opening.case.unit_id)
    if receiver is not None:
        opening.case.unit_id = receiver.unit_id
        opening.seat(receiver.person_id, Role.caseworker, receiver.name, receiver.title, receiver.employment_id)
        opening.news.append(receiver.person_id)


async def _write_to_family(db: AsyncSession, member: Member, opening: _Opening, purpose: str) -> None:
    for email, place in opening.welcomes:
        welcome = Invitation(
            id=uuid4(),
            case_id=member.case,
            thread_id=member.thread,
            proposed_by=member.id,
            membership_id=place.id,
            name=place.name,
            email=email,
            capacity=place.capacity,
            role=place.role,
            purpose=purpose,
            history=True,
        )
        db.add(welcome)
        await db.flush()
        db.add(InvitationStep(invitation_id=welcome.id, step=Step.proposed, thread_id=member.thread, by_id=member.id))
        await db.flush()
        await enqueue(db, SEND_INVITATION, invitation=welcome.id)
    for person in opening.news:
        if person != member.person:
            await enqueue(db, SEND_NEWS, person=person)
