from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.joint_concerns import actions, reads
from app.joint_concerns.shapes import (
    JointList,
    JointOut,
    NewGivingUp,
    NewJointConcern,
    NewJointPart,
    NewReceipt,
    NewSending,
)
from app.rates import PostRate

router = APIRouter(tags=["joint_concerns"])
CONCERNS = "/api/cases/{case}/threads/{thread}/concerns"
CONCERN = CONCERNS + "/{concern}"


@router.get(CONCERNS)
async def list_joint_concerns(member: ThreadMember, db: Db) -> JointList:
    return JointList.model_validate(await reads.concerns(db, member))


@router.post(CONCERNS, status_code=201, dependencies=[PostRate])
async def begin_joint_concern(member: ThreadMember, db: Db, body: NewJointConcern) -> JointOut:
    concern = await actions.begin_joint_concern(db, member, body)
    return JointOut.model_validate(await reads.concern(db, member, concern))


@router.get(CONCERN)
async def get_joint_concern(member: ThreadMember, db: Db, concern: UUID) -> JointOut:
    return JointOut.model_validate(await reads.concern(db, member, concern))


@router.post(CONCERN + "/parts", status_code=201, dependencies=[PostRate])
async def write_joint_part(member: ThreadMember, db: Db, concern: UUID, body: NewJointPart) -> JointOut:
    await actions.write_joint_part(db, member, concern, body)
    return JointOut.model_validate(await reads.concern(db, member, concern))


@router.post(CONCERN + "/sending", status_code=201, dependencies=[PostRate])
async def send_joint_concern(member: ThreadMember, db: Db, concern: UUID, body: NewSending) -> JointOut:
    await actions.send_joint_concern(db, member, concern, body)
    return JointOut.model_validate(await reads.concern(db, member, concern))


@router.post(CONCERN + "/closure", status_code=201, dependencies=[PostRate])
async def give_up_joint_concern(member: ThreadMember, db: Db, concern: UUID, body: NewGivingUp) -> JointOut:
    await actions.give_up_joint_concern(db, member, concern, body)
    return JointOut.model_validate(await reads.concern(db, member, concern))


@router.post(CONCERN + "/receipt", status_code=201, dependencies=[PostRate])
async def receive_joint_concern(member: ThreadMember, db: Db, concern: UUID, body: NewReceipt) -> JointOut:
    await actions.receive_joint_concern(db, member, concern, body)
    return JointOut.model_validate(await reads.concern(db, member, concern))
