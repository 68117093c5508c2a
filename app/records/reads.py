"""What somebody takes home. Every word comes by the reads that the screens are made of: there is no second opinion of
what somebody may see, so nothing can stand in a copy that its taker could not have read."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member, member_of
from app.access.may import Act
from app.attachments.reads import attachments
from app.cases.reads import case_page
from app.contacts.reads import callbacks, contacts
from app.errors import Invalid
from app.invitations.reads import consents
from app.joint_concerns import reads as joint
from app.looks.reads import looks_at_thread
from app.notes.reads import note
from app.overview.reads import access_page
from app.plans.reads import plan
from app.progress.reads import progress
from app.records.shapes import Part
from app.stages.reads import stages
from app.summaries.reads import summaries
from app.threads.reads import page_of_lines, thread_page

AT_A_TIME = 200  # lines in one read
Told = dict[str, Any]


async def copy_of_thread(db: AsyncSession, member: Member, part: Part, note_id: UUID | None) -> Told:
    member.must(Act.take_home)
    head = await _head(db, member)
    if part is Part.note:
        if note_id is None:
            raise Invalid
        only = {"notes": [await note(db, member, note_id)]}
        return head | {"part": part, "threads": [_outside(await thread_page(db, member)) | only]}
    return head | {"part": part, "threads": [await _thread(db, member, SECTIONS[part])]}


async def copy_of_case(db: AsyncSession, member: Member) -> tuple[Told, list[Member]]:
    """All threads that I am in and may take home; and my places there."""
    page = await case_page(db, member)
    places = [await member_of(db, member.person, member.case, thread["id"]) for thread in page["threads"]]
    mine = [place for place in places if place.may(Act.take_home)]
    (mine or [member])[0].must(Act.take_home)
    threads = [await _thread(db, place, SECTIONS["case"]) for place in mine]
    return await _head(db, member) | {"part": "case", "threads": threads}, mine


async def _head(db: AsyncSession, member: Member) -> Told:
    case = await case_page(db, member)
    taken = {"taken_at": datetime.now(UTC), "taken_by": {"name": member.name, "capacity": member.capacity}}
    return {"case": member.case, "child_name": case["child_name"], "child_born": case["child_born"]} | taken


async def _thread(db: AsyncSession, member: Member, sections: tuple[str, ...]) -> Told:
    page = await thread_page(db, member)
    told = _outside(page)
    for section in sections:
        told |= await READS[section](db, member, page)
    return told


def _outside(page: Told) -> Told:
    return {key: page[key] for key in ("id", "purpose", "opened_at", "closed")}


async def _people(db: AsyncSession, member: Member, page: Told) -> Told:
    known = await access_page(db, member)
    why = {it["membership"]: it["why"] for one in [*known["people"], *known["ended"]] for it in one["places"]}
    people = [person | {"why": why.get(person["membership"])} for person in page["people"]]
    return {"people": people, "invited": page["invitations"]}


async def _consents(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"consents": await consents(db, member)}


async def _summaries(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"summaries": await summaries(db, member)}


async def _lines(db: AsyncSession, member: Member, page: Told) -> Told:
    """Every line there is for this member, from the newest back; oldest first in the copy."""
    entries: list[Any] = []
    notes: list[Any] = []
    before = None
    while True:
        found = await page_of_lines(db, member, before, AT_A_TIME)
        entries, notes = found["entries"] + entries, found["notes"] + notes
        if not found["earlier"]:
            return {"entries": entries, "notes": notes}
        before = entries[0]["seq"]


async def _notes(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"notes": (await _lines(db, member, page))["notes"]}


async def _plan(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"plan": await plan(db, member), "progress": await progress(db, member)}


async def _stages(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"stages": (await stages(db, member))["steps"]}


async def _files(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"files": await attachments(db, member)}


async def _contacts(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"callbacks": await callbacks(db, member), "contacts": await contacts(db, member)}


async def _joint(db: AsyncSession, member: Member, page: Told) -> Told:
    begun = [head["id"] for head in reversed((await joint.concerns(db, member))["concerns"])]
    return {"joint_concerns": [await joint.concern(db, member, concern) for concern in begun]}


async def _looks(db: AsyncSession, member: Member, page: Told) -> Told:
    return {"looks": await looks_at_thread(db, member)} if member.may(Act.see_looks) else {}


# A further thing of a thread is one read here, one field in shapes.py, one section in paper.py.
READS: Final[dict[str, Callable[[AsyncSession, Member, Told], Awaitable[Told]]]] = {
    "consents": _consents,
    "contacts": _contacts,
    "files": _files,
    "joint": _joint,
    "lines": _lines,
    "looks": _looks,
    "notes": _notes,
    "people": _people,
    "plan": _plan,
    "stages": _stages,
    "summaries": _summaries,
}
EVERYTHING = ("people", "summaries", "stages", "joint", "plan", "contacts", "files", "consents", "lines", "looks")
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "case": EVERYTHING,
    Part.plan: ("plan",),
    Part.report: ("people", "summaries", "stages", "joint", "plan", "contacts", "files", "consents", "notes", "looks"),
    Part.thread: EVERYTHING,
}
