"""Mails: queued with the write they follow, tried again while the mail server is away, and they say nothing."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app.db import as_person, make_engine, transaction
from app.embedded import Urls, conninfo
from app.jobs import END_WHAT_IS_OVER, REMIND_OF_LAST_DAYS, SEND_NEWS, enqueue, queue, run_worker
from app.people import actions as people
from app.settings import get_settings
from app.text import LANGUAGES, text
from tests.conftest import Mailbox
from tests.database import Server
from tests.people.provider import free_port
from tests.village import BY_KEY


@pytest.fixture
def urls(server: Server) -> Iterator[Urls]:
    urls = server.clone()
    yield urls
    server.drop(urls)


def jobs(urls: Urls) -> list[tuple[Any, ...]]:
    with psycopg.connect(conninfo(urls.admin)) as db:
        query = "select status::text, attempts, args, scheduled_at > now() from jobs.procrastinate_jobs"
        query += " where queue_name = 'mail'"  # the clock may strike while a test runs
        return db.execute(query).fetchall()


def work(urls: Urls, monkeypatch: pytest.MonkeyPatch, smtp_port: int) -> None:
    """The worker, until the queue is empty, in its own thread of control and with its own settings."""
    for name, value in {**urls.as_environment(), "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(smtp_port)}.items():
        monkeypatch.setitem(os.environ, name, value)
    get_settings.cache_clear()
    asyncio.new_event_loop().run_until_complete(run_worker(get_settings(), wait=False))
    get_settings.cache_clear()


def prepare(urls: Urls, *, fail: bool = False) -> UUID:
    async def queue() -> UUID:
        owner, web = make_engine(urls.owner), make_engine(urls.web)
        async with transaction(owner) as db:
            mother = BY_KEY["mother"]
            person = await people.know_identity(db, "https://idp.example", "1", mother.name, mother.email)
        try:
            async with transaction(web) as db:
                await as_person(db, person)
                await enqueue(db, SEND_NEWS, person=person)
                if fail:
                    raise RuntimeError("the write that it follows fails")
        except RuntimeError:
            pass
        await owner.dispose()
        await web.dispose()
        return person

    return asyncio.new_event_loop().run_until_complete(queue())


def test_a_mail_waits_for_the_mail_server_and_goes_out_once(
    urls: Urls, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, before = prepare(urls), len(mailbox.to(BY_KEY["mother"].email))
    work(urls, monkeypatch, free_port())
    assert jobs(urls) == [("todo", 1, {"person": str(person)}, True)]
    with psycopg.connect(conninfo(urls.admin)) as db:
        db.execute("set local search_path = jobs; update procrastinate_jobs set scheduled_at = now()")
    work(urls, monkeypatch, mailbox.port)
    assert jobs(urls)[0][0] == "succeeded"
    assert len(mailbox.to(BY_KEY["mother"].email)) == before + 1


def test_the_clock_is_known_to_the_worker_and_its_jobs_run(
    urls: Urls, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    crons = {name: it.cron for (name, _), it in queue.periodic_registry.periodic_tasks.items()}
    assert crons[END_WHAT_IS_OVER] == "5 * * * *", "every hour: a last day ends at midnight in Denmark"
    assert REMIND_OF_LAST_DAYS in crons
    row = "row('clock', %s, 0, null, null, '{\"timestamp\": 1}', null)::procrastinate_job_to_defer_v1"
    with psycopg.connect(conninfo(urls.admin)) as db:
        db.execute("set local search_path = jobs")
        for name in (END_WHAT_IS_OVER, REMIND_OF_LAST_DAYS):
            db.execute(f"select procrastinate_defer_jobs_v1(array[{row}])", [name])
    work(urls, monkeypatch, mailbox.port)
    with psycopg.connect(conninfo(urls.admin)) as db:
        query = "select status::text, count(*) from jobs.procrastinate_jobs where queue_name = 'clock' group by 1"
        [(status, _)] = db.execute(query).fetchall()
    assert status == "succeeded"


def test_a_write_that_fails_queues_nothing(urls: Urls) -> None:
    prepare(urls, fail=True)
    assert jobs(urls) == []


@pytest.mark.parametrize("which", ["invitation", "news"])
def test_a_mail_is_one_constant_text_a_language(which: str) -> None:
    for language in LANGUAGES:
        body = text(f"mail.{which}.body", language, link="LINK", municipality="KOMMUNE")
        assert "LINK" in body
        assert "{" not in body + text(f"mail.{which}.subject", language)
