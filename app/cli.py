"""`rundtom`: serve, worker, migrate, employ, dismiss, route, openapi, demo."""

import asyncio
import json
import os
import sys
from datetime import datetime
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import ProgrammingError

from app import embedded
from app.people.commands import Job, Rule, put_to_work
from app.people.commands import dismiss as end_work
from app.people.commands import route as settle_route
from app.people.models import EmploymentRole, UnitKind
from app.settings import Settings, get_settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

UNDEFINED_TABLE = "42P01"
LARGEST_FRAME = 65536  # bytes; a client only ever says which threads it shows


@cli.command()
def serve() -> None:
    """Answer HTTP and WebSockets on HOST:PORT."""
    import uvicorn

    settings = ready_settings()
    from app.live.line import Line
    from app.main import create_app

    uvicorn.run(
        create_app(),
        host=settings.host,
        port=settings.port,
        ws=Line,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,  # 38-50 KiB for each open connection otherwise
        ws_ping_interval=20,
        access_log=False,  # paths name cases
        log_level="warning",  # nor who opens a socket from where
        server_header=False,
        # Only a proxy that the installation names may say who the caller is.
        proxy_headers=settings.forwarded_allow_ips is not None,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=5,
    )


@cli.command()
def worker() -> None:
    """Send mails and do the other jobs that wait in the database."""
    from app.jobs import run_worker

    asyncio.run(run_worker(ready_settings()))


@cli.command()
def migrate() -> None:
    """Bring the database to this version."""
    from app.migrate import migrate as bring_up

    settings = ready_settings()
    assert settings.database_owner_url
    bring_up(settings.database_owner_url)


@cli.command()
def employ(
    issuer: Annotated[str, typer.Option(help="The OpenID provider's address.")],
    subject: Annotated[str, typer.Option(help="Who it is to that provider.")],
    name: Annotated[str, typer.Option()],
    unit: Annotated[str, typer.Option()],
    kind: Annotated[UnitKind, typer.Option()],
    title: Annotated[str, typer.Option()],
    role: Annotated[EmploymentRole, typer.Option()],
    receives_new: Annotated[bool, typer.Option(help="New dialogues with the family department go here.")] = False,
) -> None:
    """Tell who works where. It gives a capacity to act in, never access to anybody's case."""
    owner_url = ready_settings().database_owner_url or ""
    job = Job(issuer, subject, name, unit, kind, title, role, receives_new)
    _say(f"{name}: {title}, {unit}." if asyncio.run(put_to_work(owner_url, job)) else f"{name} works there already.")


@cli.command()
def dismiss(
    issuer: Annotated[str, typer.Option(help="The OpenID provider's address.")],
    subject: Annotated[str, typer.Option(help="Who it is to that provider.")],
    unit: Annotated[str, typer.Option()],
    last_day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Until the end of this day. Without it: at once.")
    ] = None,
) -> None:
    """Tell that somebody's work in a unit has ended: every place held through it ends with it."""
    owner_url = ready_settings().database_owner_url or ""
    ended, left = asyncio.run(end_work(owner_url, issuer, subject, unit, last_day.date() if last_day else None))
    if ended is None:
        _fail(f"{subject} does not work in {unit}.")
    _say(f"{ended} places end with it.")
    for case, of_unit in left:
        _say(f"Without a caseworker: {case} ({of_unit}).")


@cli.command()
def route(
    issuer: Annotated[str, typer.Option(help="The OpenID provider's address.")],
    unit: Annotated[str, typer.Option(help="Where it comes from: a school, a kindergarten, a district.")],
    kind: Annotated[UnitKind, typer.Option()],
    caseworker: Annotated[str, typer.Option(help="Who receives it, as that provider calls the person.")],
    deputy: Annotated[str | None, typer.Option(help="Who does while that person is away.")] = None,
    part_of: Annotated[str | None, typer.Option(help="The district whose rule counts where a unit has none.")] = None,
) -> None:
    """Tell who receives new dialogues and questions from a unit. What has been received stays where it is."""
    owner_url = ready_settings().database_owner_url or ""
    unknown = asyncio.run(settle_route(owner_url, Rule(issuer, unit, kind, caseworker, deputy, part_of)))
    if unknown is not None:
        _fail(f"{unknown} works nowhere as a caseworker.")
    _say(f"{unit}: {caseworker}{f'; {deputy} while away' if deputy else ''}.")


@cli.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    from app.main import create_app

    print(json.dumps(create_app().openapi(), ensure_ascii=False, indent=1))  # noqa: T201


@cli.command()
def demo(reset: Annotated[bool, typer.Option(help="Delete the demo's data instead.")] = False) -> None:
    """Everything at once, with an invented municipality: database, identity provider, mailbox, worker and app."""
    from demo import run

    raise typer.Exit(run.forget() if reset else run.run())


def ready_settings() -> Settings:
    """The settings; with a PostgreSQL of our own, which lives as long as this process, when they name none."""
    settings = get_settings()
    if settings.database_url is None:
        from app.migrate import migrate as bring_up

        running = embedded.start(settings.data_dir, pgbin=settings.pgbin)
        bring_up(running.urls.owner)  # nobody else looks after this one
        os.environ.update(running.urls.as_environment())
        get_settings.cache_clear()
    return get_settings()


def main() -> None:
    """Trouble that somebody can mend is told in a sentence; anything else is a bug and shows its traceback."""
    try:
        cli()
    except embedded.EmbeddedError as error:
        _fail(str(error))
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != UNDEFINED_TABLE:
            raise
        _fail("The database has no tables yet: rundtom migrate")
    except ValidationError as error:
        # Without the values: some are secrets.
        told = [f"{'.'.join(map(str, each['loc'])).upper() or 'Settings'}: {each['msg']}" for each in error.errors()]
        _fail("\n".join(told))


def _fail(sentence: str) -> None:
    Console(stderr=True).print(sentence, style="bold red", markup=False, highlight=False)
    sys.exit(1)


def _say(sentence: str) -> None:
    Console().print(sentence, markup=False, highlight=False)


if __name__ == "__main__":
    main()
