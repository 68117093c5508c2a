"""Notes with their versions and what was answered to them. Whose history begins after a note is told nothing of it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act, Role
from app.access.models import Membership
from app.dates import overdue
from app.errors import NotFound
from app.notes.models import Note, NoteVersion

# What a version says, field by field.
WORDS = ("challenges", "resources", "proposals", "child_view", "child_view_choice", "heard")
# Whose view a note can be said to hold; a child's stands in a field of its own.
HEARD = (Role.custody_holder, Role.foster_parent, Role.parent)

NOTES = text("""
    select n.id, n.seq, n.published_at as at, n.template, n.person_id, e.actor_id as author,
           exists (select 1 from memberships a where a.thread_id = n.thread_id and a.person_id = n.person_id
                      and can_answer(a, n)) as author_here
      from notes n join events e on e.thread_id = n.thread_id and e.seq = n.seq
     where n.thread_id = :thread and n.id = any(:notes) and n.seq > :history order by n.seq
""")
VERSIONS = text("""
    select v.note_id, v.version, v.challenges, v.resources, v.proposals, v.child_view, v.child_view_choice, v.heard,
           v.written_at
      from note_versions v where v.thread_id = :thread and v.note_id = any(:notes) order by v.version
""")
RESPONSES = text("""
    select r.note_id, r.id, r.kind, r.box, r.version, r.words, r.responded_at as at, r.due_on, e.actor_id as author,
           a.words as answered, a.answered_at, f.actor_id as answered_by
      from responses r join events e on e.thread_id = r.thread_id and e.seq = r.seq
      left join response_answers a on a.thread_id = r.thread_id and a.response_id = r.id
      left join events f on f.thread_id = a.thread_id and f.seq = a.seq
     where r.thread_id = :thread and r.note_id = any(:notes) order by r.seq
""")

# Who has to answer, in one condition: whoever wrote the note; the caseworkers, when its author can no longer answer.
MINE_TO_ANSWER = """
    (n.person_id = m.person_id or m.role = 'caseworker' and not exists (
       select 1 from memberships a where a.thread_id = n.thread_id and a.person_id = n.person_id and can_answer(a, n)))
"""
AUTHOR_ANSWERS = text("""
    select 1 from notes n join memberships a on a.thread_id = n.thread_id and a.person_id = n.person_id
     where n.thread_id = :thread and n.id = :note and can_answer(a, n)
""")
TO_ANSWER = text(f"""
    select m.case_id, m.thread_id as thread, n.id as note, n.seq, r.id as response, r.kind, w.name, w.capacity,
           r.due_on
      from memberships m join notes n on n.thread_id = m.thread_id and n.seq > m.history_from
      join responses r on r.thread_id = n.thread_id and r.note_id = n.id and r.due_on is not null
      join events e on e.thread_id = r.thread_id and e.seq = r.seq join memberships w on w.id = e.actor_id
     where m.person_id = :person and in_force(m) and m.role = any(:roles) and {MINE_TO_ANSWER}
       and not exists (select 1 from response_answers a where a.thread_id = r.thread_id and a.response_id = r.id)
     order by r.due_on, r.seq
""")  # noqa: S608 put together from what stands above


async def notes_by_id(db: AsyncSession, member: Member, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """These notes of the member's thread, in the order they were published."""
    where = {"thread": member.thread, "notes": list(ids)}
    notes = (await db.execute(NOTES, where | {"history": member.history_from})).mappings().all()
    versions = (await db.execute(VERSIONS, where)).mappings().all()
    responses = (await db.execute(RESPONSES, where)).mappings().all()
    people = await _people(db, member, [notes, versions, responses])
    return [
        _shape(
            member,
            note,
            [_version(it, people) for it in versions if it["note_id"] == note["id"]],
            [_response(member, note, it, people) for it in responses if it["note_id"] == note["id"]],
            people,
        )
        for note in notes
    ]


async def _people(db: AsyncSession, member: Member, rows: Sequence[Sequence[Any]]) -> dict[UUID, dict[str, Any]]:
    """Everybody that these rows name, as they stand in the thread."""
    named = {row.get(key) for kind in rows for row in kind for key in ("author", "answered_by")}
    named |= {place for kind in rows for row in kind for place in row.get("heard", ())}
    places = await db.scalars(
        select(Membership).where(Membership.thread_id == member.thread, Membership.id.in_(named - {None}))
    )
    return {it.id: {"membership": it.id, "name": it.name, "capacity": it.capacity, "role": it.role} for it in places}


def _shape(member: Member, note: Any, versions: list[Any], responses: list[Any], people: Any) -> dict[str, Any]:
    *earlier, newest = versions
    return dict(newest) | {
        "id": note["id"],
        "seq": note["seq"],
        "at": note["at"],
        "author": people[note["author"]],
        "template": note["template"],
        "earlier": earlier,
        "responses": responses,
        "may_correct": note["person_id"] == member.person and member.may(Act.correct_note),
    }


def _version(row: Any, people: Any) -> dict[str, Any]:
    return dict(row) | {"heard": [people[place] for place in row["heard"] if place in people]}


def _response(member: Member, note: Any, row: Any, people: Any) -> dict[str, Any]:
    answer = row["answered"] and {
        "author": people[row["answered_by"]],
        "words": row["answered"],
        "at": row["answered_at"],
    }
    waits = row["due_on"] is not None and answer is None
    mine = note["person_id"] == member.person or (member.role is Role.caseworker and not note["author_here"])
    may_answer = waits and mine and member.may(Act.answer_response)
    late = waits and overdue(row["due_on"])
    return dict(row) | {"author": people[row["author"]], "answer": answer, "may_answer": may_answer, "late": late}


async def note(db: AsyncSession, member: Member, note_id: UUID) -> dict[str, Any]:
    found = await notes_by_id(db, member, [note_id])
    if not found:
        raise NotFound
    return found[0]


async def version(db: AsyncSession, member: Member, note_id: UUID, number: int) -> NoteVersion | None:
    return await db.get(NoteVersion, (member.thread, note_id, number))


async def newest_version(db: AsyncSession, member: Member, note_id: UUID) -> NoteVersion:
    return (
        await db.scalars(
            select(NoteVersion)
            .where(NoteVersion.thread_id == member.thread, NoteVersion.note_id == note_id)
            .order_by(NoteVersion.version.desc())
            .limit(1)
        )
    ).one()


async def are_adults_here(db: AsyncSession, member: Member, places: list[UUID]) -> bool:
    """Whether each of these is the place, in the member's thread, of an adult of the family."""
    found = await db.scalar(
        select(func.count()).where(
            Membership.id.in_(places), Membership.thread_id == member.thread, Membership.role.in_(HEARD)
        )
    )
    return found == len(places)


async def is_mine_to_answer(db: AsyncSession, member: Member, note: Note) -> bool:
    """Whoever wrote it; the caseworkers, when its author can no longer answer."""
    if note.person_id == member.person or member.role is not Role.caseworker:
        return note.person_id == member.person
    return (await db.execute(AUTHOR_ANSWERS, {"thread": member.thread, "note": note.id})).first() is None


async def to_answer(db: AsyncSession, person: UUID, roles: list[str]) -> Sequence[dict[str, Any]]:
    """What is mine to answer in all my threads, the most pressing first."""
    return _late((await db.execute(TO_ANSWER, {"person": person, "roles": roles})).mappings())


async def waiting_answers(db: AsyncSession) -> Sequence[dict[str, Any]]:
    """What the people of a leader's units have to answer (doors/notes.sql); empty for everybody else."""
    return _late((await db.execute(text("select * from waiting_answers()"))).mappings())


def _late(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) | {"late": overdue(row["due_on"])} for row in rows]
