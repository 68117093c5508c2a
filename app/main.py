"""Builds the app: routers, errors, middleware, start and stop, and the screens."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from psycopg.types.json import set_json_loads

from app import clocks, errors
from app.access.looks import Served
from app.admin.routes import router as admin
from app.attachments.routes import router as attachments
from app.audit.routes import router as audit
from app.caseload.routes import router as caseload
from app.cases.routes import router as cases
from app.concerns.citizen_routes import router as citizens
from app.concerns.routes import router as concerns
from app.consultations.routes import router as consultations
from app.contacts.routes import router as contacts
from app.custody.routes import router as custody
from app.db import answers, make_engine
from app.drafts.routes import router as drafts
from app.duty.routes import router as duty
from app.facts.routes import router as facts
from app.files.store import make_store
from app.guidance.reads import guides
from app.guidance.routes import router as guidance
from app.hand_overs.routes import router as hand_overs
from app.invitations.routes import router as invitations
from app.joint_concerns.routes import router as joint_concerns
from app.live.hub import Live
from app.live.routes import router as live
from app.looks.routes import router as looks
from app.middleware import install as install_middleware
from app.notes.routes import router as notes
from app.overview.routes import router as overview
from app.pages import Pages
from app.people.login import router as login
from app.people.logout import router as logout
from app.people.routes import router as people
from app.plans.routes import router as plans
from app.progress.routes import router as progress
from app.records.routes import router as records
from app.screening.routes import router as screening
from app.search.routes import router as search
from app.settings import BUILD, Settings, get_settings
from app.shapes import ProblemOut
from app.stages.routes import router as stages
from app.summaries.routes import router as summaries
from app.threads.routes import router as threads
from app.waiting.routes import router as waiting

ROUTERS = (
    login,
    logout,
    people,
    cases,
    citizens,
    concerns,
    caseload,
    consultations,
    guidance,
    custody,
    hand_overs,
    threads,
    notes,
    contacts,
    summaries,
    stages,
    joint_concerns,
    plans,
    progress,
    attachments,
    drafts,
    search,
    invitations,
    live,
    overview,
    records,
    facts,
    screening,
    admin,
    looks,
    duty,
    audit,
    waiting,
)
PROBLEM: dict[str, Any] = {
    "description": "A problem, told by its code",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
}
PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys(errors.REFUSED, PROBLEM)
PROBLEMS["default"] = PROBLEM | {"model": ProblemOut}


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    if not settings.database_url or not settings.database_live_url:
        raise RuntimeError("no database: start through `rundtom serve`, or set the four DATABASE_…URLs")
    set_json_loads(orjson.loads)
    app.state.engine = make_engine(settings.database_url)
    app.state.store = make_store(settings)
    app.state.live = Live(settings.database_live_url.replace("+psycopg", "", 1))
    await app.state.live.start()
    counting = asyncio.create_task(app.state.served.keep(app.state.engine))
    gc.freeze()  # what is loaded by now stays; walking through it took the collector a tenth of a second each time
    yield
    await app.state.live.stop()
    counting.cancel()
    await app.state.served.flush(app.state.engine)
    await app.state.engine.dispose()


def _operation(route: APIRoute) -> str:
    return route.name


def create_app() -> FastAPI:
    settings = get_settings()
    clocks.targets()  # wrong ones are found at the start, not when the first clock begins
    guides(settings.guidance)  # so is guidance that lacks something
    app = FastAPI(
        title="Rundtom",
        version="0.1.0",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
        responses=PROBLEMS,
    )
    app.state.settings = settings
    app.state.served = Served()
    errors.install(app)
    install_middleware(app, settings)
    for router in ROUTERS:
        app.include_router(router)
    app.get("/api/health/live", tags=["health"])(health_live)
    app.get("/api/health/ready", tags=["health"])(health_ready)
    # Not a mount: what is known to the API by another method stays a 405.
    app.router.default = Pages(BUILD)
    return app


async def health_live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


async def health_ready(request: Request) -> dict[str, str]:
    """The database answers too; otherwise 503 database_down."""
    await answers(request.app.state.engine)
    return {"status": "ok"}
