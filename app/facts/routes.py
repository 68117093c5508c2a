from uuid import UUID

from fastapi import APIRouter

from app.access.door import CaseMember
from app.db import Db
from app.facts import actions
from app.facts.shapes import FactsOut, FactText, Made, NewFact, NewGrant
from app.rates import CaseRate

router = APIRouter(tags=["facts"])
FACTS = "/api/cases/{case}/facts"


@router.get(FACTS)
async def get_facts(member: CaseMember, db: Db) -> FactsOut:
    return FactsOut.model_validate(await actions.read_facts(db, member))


@router.post(FACTS, status_code=201, dependencies=[CaseRate])
async def keep_fact(member: CaseMember, db: Db, body: NewFact) -> Made:
    return Made(id=await actions.keep_fact(db, member, body.kind, body.text))


@router.put(FACTS + "/{fact}", status_code=204, dependencies=[CaseRate])
async def change_fact(member: CaseMember, db: Db, fact: UUID, body: FactText) -> None:
    await actions.change_fact(db, member, fact, body.text)


@router.delete(FACTS + "/{fact}", status_code=204, dependencies=[CaseRate])
async def erase_fact(member: CaseMember, db: Db, fact: UUID) -> None:
    await actions.erase_fact(db, member, fact)


@router.post(FACTS + "/{fact}/grants", status_code=201, dependencies=[CaseRate])
async def show_fact(member: CaseMember, db: Db, fact: UUID, body: NewGrant) -> Made:
    return Made(id=await actions.show_fact(db, member, fact, body.membership))


@router.delete(FACTS + "/{fact}/grants/{grant}", status_code=204, dependencies=[CaseRate])
async def take_back(member: CaseMember, db: Db, fact: UUID, grant: UUID) -> None:
    await actions.take_back(db, member, fact, grant)
