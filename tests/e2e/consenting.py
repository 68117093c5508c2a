"""Proposing and agreeing, page by page, as a person does it on the screen."""

from collections.abc import Callable
from datetime import timedelta

from app.dates import today
from tests.e2e.person import OnScreen
from tests.village import BY_KEY

WHY = "Så skolen og hjemmet kan tale sammen"


def proposes_teacher(person: OnScreen, look: Callable[[str], None] = lambda page: None) -> None:
    """From the thread: one question per page, and back at the last one with the answers. `look` at each of them."""
    person.presses("thread.invite")

    def onward(page: str) -> None:
        person.reads(person.says(f"invite.{page}_title"))
        look(f"propose-{page}")
        person.presses("common.next")

    person.fills("invite.name", BY_KEY["teacher"].name)
    person.fills("invite.email", BY_KEY["teacher"].email)
    onward("who")
    person.fills("invite.capacity", "klasselærer")
    person.ticks("invite.role_professional")
    onward("capacity")
    person.fills("invite.purpose", WHY)
    onward("purpose")
    person.ticks("information.school")
    person.ticks("information.wellbeing")
    onward("kinds")
    person.fills("invite.until", (today() + timedelta(days=60)).strftime("%d-%m-%Y"))
    onward("until")
    person.ticks("invite.history_no")
    onward("history")
    person.reads(person.says("invite.check_title"))
    look("propose-check")
    person.presses("invite.send")


def to_the_consent(giver: OnScreen) -> None:
    """From an invitation's first page to the one with yes and no."""
    giver.presses("common.next")
    giver.reads(giver.says("information.school"))
    giver.presses("common.next")
    giver.page.get_by_role("radio").first.check()
    giver.presses("common.next")
    giver.reads(giver.says("agree.check_title"))


def agrees(giver: OnScreen) -> None:
    to_the_consent(giver)
    giver.presses("agree.yes")
