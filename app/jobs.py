"""Background jobs (procrastinate). A job is queued in the transaction of the write it follows, with ids only.

Mails carry no case content: they say that there is something, and where to log in.
"""

import logging
import secrets
from email.message import EmailMessage
from uuid import UUID

import aiosmtplib
import orjson
import procrastinate
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app import text as texts
from app.access.door import token_hash
from app.db import make_engine, transaction
from app.files.scanner import ScanFailed, is_clean
from app.files.store import make_store
from app.settings import Settings, get_settings

MAIL, CLOCK, FILES = "mail", "clock", "files"  # the queues
log = logging.getLogger(__name__)

SEND_INVITATION = f"{MAIL}:send_invitation"
SEND_NEWS = f"{MAIL}:send_news"
BIRTHDAYS = "clock:birthdays"
END_WHAT_IS_OVER = "clock:end_what_is_over"
END_DUTY_PLACES = "clock:end_duty_places"
RECONCILE = "clock:reconcile"
REMIND_OF_LAST_DAYS = "clock:remind_of_last_days"
ERASE_FILE = "files:erase"
SCAN_FILE = "files:scan"
SWEEP_FILES = "clock:sweep_files"
SMTP_TIMEOUT_S = 20
REFUSED_FOR_GOOD = 500  # a server says 4xx for "not now"
# Five minutes longer between each try: 42 tries reach over three days of a mail server being away.
RETRY = procrastinate.RetryStrategy(max_attempts=42, wait=10, linear_wait=300)


async def enqueue(db: AsyncSession, task: str, **ids: UUID) -> None:
    args = orjson.dumps({key: str(value) for key, value in ids.items()}).decode()
    await db.execute(text("select enqueue(:task, cast(:args as jsonb))"), {"task": task, "args": args})


# The connection is named when the worker starts.
queue = procrastinate.App(connector=procrastinate.PsycopgConnector())


def _engine(context: procrastinate.JobContext) -> AsyncEngine:
    engine: AsyncEngine = context.additional_context["engine"]
    return engine


@queue.task(name=SEND_INVITATION, queue=MAIL, retry=RETRY, pass_context=True)
async def send_invitation(context: procrastinate.JobContext, invitation: str) -> None:
    """Make the secret here, so that it is never stored: the mail carries it, the database only its hash."""
    engine, token = _engine(context), secrets.token_urlsafe(32)
    values = {"invitation": invitation, "hash": token_hash(token)}
    async with transaction(engine) as db:
        to = (await db.execute(text("select * from issue_invitation(:invitation, :hash)"), values)).one_or_none()
    if to is None:
        return
    arrived = await _send(to.email, to.language, "invitation", f"{get_settings().public_url}/invitation#{token}")
    became = text("select invitation_sent(:invitation)" if arrived else "select invitation_bounced(:invitation)")
    async with transaction(engine) as db:
        await db.execute(became, {"invitation": invitation})


@queue.task(name=SEND_NEWS, queue=MAIL, retry=RETRY, pass_context=True)
async def send_news(context: procrastinate.JobContext, person: str) -> None:
    async with transaction(_engine(context)) as db:
        to = (await db.execute(text("select * from address_of(:person)"), {"person": person})).one_or_none()
    if to is not None:
        await _send(to.email, to.language, "news", get_settings().public_url)


# What the clock does. A run that was missed is caught up with by the next: each asks what is so, not what has changed.
@queue.periodic(cron="5 * * * *")
@queue.task(name=END_WHAT_IS_OVER, queue=CLOCK, pass_context=True)
async def end_what_is_over(context: procrastinate.JobContext, timestamp: int) -> None:
    await _ask(context, "select end_what_is_over()")


@queue.periodic(cron="10 * * * *")
@queue.task(name=BIRTHDAYS, queue=CLOCK, pass_context=True)
async def birthdays(context: procrastinate.JobContext, timestamp: int) -> None:
    """Every hour: a day begins at midnight in Denmark, whatever the clock of the database says."""
    await _ask(context, "select birthdays()")


@queue.periodic(cron="15 6 * * *")
@queue.task(name=REMIND_OF_LAST_DAYS, queue=CLOCK, pass_context=True)
async def remind_of_last_days(context: procrastinate.JobContext, timestamp: int) -> None:
    await _ask(context, "select remind_of_last_days()")


@queue.periodic(cron="20 1 * * *")
@queue.task(name=RECONCILE, queue=CLOCK, pass_context=True)
async def reconcile(context: procrastinate.JobContext, timestamp: int) -> None:
    """Compare the finished days: every answer that showed something of a case has its look."""
    async with transaction(_engine(context)) as db:
        compared = (await db.execute(text("select day, missing from reconcile()"))).all()
    for day, missing in compared:
        if missing:
            log.error("%s: %s answers were served without a look", day, missing)


@queue.task(name=END_DUTY_PLACES, queue=CLOCK, pass_context=True)
async def end_duty_places(context: procrastinate.JobContext) -> None:
    """Queued for the moment at which such an access ends."""
    await _ask(context, "select end_duty_places()")


async def _ask(context: procrastinate.JobContext, statement: str) -> None:
    async with transaction(_engine(context)) as db:
        await db.execute(text(statement))


@queue.task(name=SCAN_FILE, queue=FILES, retry=RETRY, pass_context=True)
async def scan_file(context: procrastinate.JobContext, thread: str, attachment: str) -> None:
    """A file is held until the scanner has said that it is clean. What is not is erased, and its sharer told."""
    engine, values = _engine(context), {"thread": thread, "attachment": attachment}
    async with transaction(engine) as db:
        key = (await db.execute(text("select file_to_scan(:thread, :attachment)"), values)).scalar_one()
    if key is None:  # withdrawn meanwhile
        return
    scanner = get_settings().clamav_socket
    if scanner is None:
        raise ScanFailed("files wait for a scanner, and none is named")
    clean = await is_clean(scanner, make_store(get_settings()).read(str(key)))
    async with transaction(engine) as db:
        await db.execute(text("select file_scanned(:thread, :attachment, :clean)"), values | {"clean": clean})


@queue.task(name=ERASE_FILE, queue=FILES, retry=RETRY)
async def erase_file(key: str) -> None:
    await make_store(get_settings()).erase(UUID(key))


@queue.periodic(cron="40 * * * *")
@queue.task(name=SWEEP_FILES, queue=CLOCK, pass_context=True)
async def sweep_files(context: procrastinate.JobContext, timestamp: int) -> None:
    """Bytes that no row speaks of: left by a process that was killed between storing them and the commit."""
    store = make_store(get_settings())
    async for keys in store.settled_keys():
        async with transaction(_engine(context)) as db:
            forgotten = (await db.execute(text("select unknown_files(:keys)"), {"keys": keys})).scalars().all()
        for key in forgotten:
            await store.erase(key)


async def _send(address: str, language: str, which: str, link: str) -> bool:
    """False: the mail server will never have this address. Any other trouble is raised, and tried again."""
    settings = get_settings()
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.mail_from, address
    mail["Subject"] = texts.text(f"mail.{which}.subject", language)
    mail.set_content(texts.text(f"mail.{which}.body", language, link=link, municipality=settings.municipality))
    try:
        await _deliver(settings, mail, address)
    except (aiosmtplib.SMTPException, OSError) as error:
        if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients[0].code >= REFUSED_FOR_GOOD:
            return False
        log.warning("a mail waits for another try: %s", type(error).__name__)
        raise
    return True


async def _deliver(settings: Settings, mail: EmailMessage, address: str) -> None:
    await aiosmtplib.send(
        mail,
        recipients=[address],
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        use_tls=settings.smtp_tls == "tls",
        start_tls=settings.smtp_tls == "starttls",
        timeout=SMTP_TIMEOUT_S,
    )


async def run_worker(settings: Settings, *, wait: bool = True) -> None:
    """Work off the queue; with `wait` until stopped, otherwise until it is empty."""
    if settings.database_worker_url is None:
        raise RuntimeError("the worker needs DATABASE_WORKER_URL")
    conninfo = settings.database_worker_url.replace("+psycopg", "", 1)
    connector = procrastinate.PsycopgConnector(conninfo=conninfo, kwargs={"options": "-c search_path=jobs"})
    engine = make_engine(settings.database_worker_url, size=2)
    try:
        with queue.replace_connector(connector) as app:
            async with app.open_async():
                await app.run_worker_async(
                    wait=wait, additional_context={"engine": engine}, install_signal_handlers=wait
                )
    finally:
        await engine.dispose()
