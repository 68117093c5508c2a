from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer, ThreadMember
from app.access.looks import Showing
from app.db import Db
from app.hand_overs import actions, reads
from app.hand_overs.shapes import (
    Assignment,
    BallOut,
    Deputy,
    HandOversToMe,
    Introduction,
    LostBalls,
    NewHandOver,
    TakenOver,
    WaitingHandOver,
)
from app.rates import InviteRate, PostRate
from app.shapes import Empty

router = APIRouter(tags=["hand-overs"])
THREAD = "/api/cases/{case}/threads/{thread}"


@router.get(THREAD + "/ball")
async def get_ball(member: ThreadMember, db: Db) -> BallOut:
    return BallOut.model_validate(await reads.page(db, member))


@router.post(THREAD + "/hand-overs", status_code=201, dependencies=[InviteRate])
async def propose_hand_over(member: ThreadMember, db: Db, body: NewHandOver) -> WaitingHandOver:
    await actions.propose_hand_over(db, member, body)
    return WaitingHandOver.model_validate(await reads.waiting_hand_over(db, member))


@router.post(THREAD + "/hand-overs/{hand_over}/withdrawal", status_code=204, dependencies=[PostRate])
async def withdraw_hand_over(member: ThreadMember, db: Db, hand_over: UUID, body: Empty) -> None:
    await actions.withdraw_hand_over(db, member, hand_over)


@router.put(THREAD + "/deputy", status_code=204, dependencies=[InviteRate])
async def name_deputy(member: ThreadMember, db: Db, body: Deputy) -> None:
    await actions.name_deputy(db, member, body.employment)


@router.get("/api/hand-overs")
async def list_hand_overs(viewer: CurrentViewer, db: Db, shows: Showing) -> HandOversToMe:
    """What somebody wants to hand over to me. I am in none of these cases yet."""
    found = await reads.to_me(db, shows.at)
    shows.counted(len(found))
    return HandOversToMe.model_validate({"hand_overs": found})


@router.post("/api/hand-overs/{hand_over}/acceptance", status_code=201)
async def accept_hand_over(viewer: CurrentViewer, db: Db, hand_over: UUID, body: Introduction) -> TakenOver:
    return TakenOver.model_validate(await actions.accept_hand_over(db, hand_over, body.words))


@router.post("/api/hand-overs/{hand_over}/refusal", status_code=204)
async def refuse_hand_over(viewer: CurrentViewer, db: Db, hand_over: UUID, body: Empty) -> None:
    await actions.refuse_hand_over(db, hand_over)


@router.get("/api/balls")
async def list_lost_balls(viewer: CurrentViewer, db: Db) -> LostBalls:
    """For leaders: the cases in which nobody has the ball. No case is shown by it."""
    return LostBalls.model_validate({"balls": await reads.lost_balls(db)})


@router.post("/api/balls/{case}/assignment", status_code=204)
async def assign_ball(viewer: CurrentViewer, db: Db, case: UUID, body: Assignment) -> None:
    await actions.assign_ball(db, case, body.employment)
