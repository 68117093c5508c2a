"""The notifications that have come: one that presses, one with its receipt, and one that became part of a case."""

import tomllib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import text

from app.concerns import actions
from app.concerns.shapes import ConcernReceipt, ConcernSettlement, DangerAssessment, NewConcern
from app.db import transaction
from app.threads.models import Thread
from demo.world.people import HERE, job_id, made_id
from demo.world.play import Player
from demo.world.when import Calendar

KNOWN = text("select exists (select 1 from concerns)")
CAME = text("""
    update concerns set received_at = :received_at, assess_red_at = :assess_red_at, assess_due_at = :assess_due_at,
           receipt_due_on = :receipt_due_on, settle_due_on = :settle_due_on where id = :id
""")
DONE = text("update concern_steps set done_at = :at where concern_id = :concern and id = :id")


async def play_concerns(player: Player, calendar: Calendar) -> None:
    """A loaded world has had them already: none comes twice."""
    async with transaction(player.owner) as db:
        if (await db.execute(KNOWN)).scalar_one():
            return
    for number, sent in enumerate(tomllib.loads((HERE / "concerns.toml").read_text())["sent"]):
        await _send(player, calendar, sent, made_id("concern", number))


async def _send(player: Player, calendar: Calendar, sent: dict[str, Any], id_: UUID) -> None:
    new = NewConcern(
        id=id_,
        employment=job_id(sent["who"]),
        danger=False,
        area=sent["area"],
        child_name=sent["child"],
        child_details=sent["details"],
        relation=sent["relation"],
        words=sent["words"],
        child_words=sent.get("child_words", ""),
        parents_told="yes",
        parents_words=sent["parents"],
    )
    async with player.as_person(sent["who"]) as (db, _):
        await actions.notify(db, new)
    async with transaction(player.owner) as db:
        await db.execute(CAME, {"id": id_} | actions.dates_from(calendar.at(sent["at"])))
    if step := sent.get("assessed"):
        assessed = DangerAssessment(id=made_id("concern", id_, "assessed"), danger=False, words=step["words"])
        async with player.as_person(step["who"]) as (db, viewer):
            await actions.assess_danger(db, viewer, id_, assessed)
        await _date(player, id_, assessed.id, calendar.at(step["at"]))
    if step := sent.get("receipted"):
        receipt = ConcernReceipt(id=made_id("concern", id_, "receipted"), way=step["way"])
        async with player.as_person(step["who"]) as (db, viewer):
            await actions.send_receipt(db, viewer, id_, receipt)
        await _date(player, id_, receipt.id, calendar.at(step["at"]))
    if step := sent.get("settled"):
        await _into_case(player, id_, sent["words"], step)


async def _into_case(player: Player, concern: UUID, words: str, step: dict[str, str]) -> None:
    """After everything else that has happened in the case: what is written there keeps its order."""
    case = made_id("case", step["case"])
    thread = uuid5(case, "family")
    new = ConcernSettlement(id=made_id("concern", concern, "settled"), outcome="case", words=words, case=case)
    async with player.as_person(step["who"]) as (db, viewer):
        await actions.settle_concern(db, viewer, concern, new)
    planned = player.planned[thread]
    async with transaction(player.owner) as db:
        last = (await db.get_one(Thread, thread)).last_seq
    planned += [planned[-1]] * (last - len(planned))
    await _date(player, concern, new.id, planned[-1])


async def _date(player: Player, concern: UUID, id_: UUID, at: datetime) -> None:
    async with transaction(player.owner) as db:
        await db.execute(DONE, {"concern": concern, "id": id_, "at": at})
