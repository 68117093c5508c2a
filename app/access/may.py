"""WHO MAY: the one table of what a member may do, by role in the thread. What exists for whom is in policies.sql."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is to the child, in one thread. Step-parents and grandparents are relatives, by their own words."""

    caseworker = "caseworker"
    child = "child"  # until 15
    custody_holder = "custody_holder"
    foster_parent = "foster_parent"
    interpreter = "interpreter"
    on_duty = "on_duty"  # of the municipality, not on the case: there for some hours, for a reason typed
    parent = "parent"  # without custody
    professional = "professional"
    relative = "relative"
    support_person = "support_person"
    volunteer = "volunteer"
    young_person = "young_person"  # from 15: agrees and withdraws consent beside the custody holders


# Every thread has one of these in it: nothing is written about a family behind its back.
FAMILY: Final = frozenset({Role.child, Role.custody_holder, Role.young_person})
# Whose reading is their own business: shown to nobody (frontend rule 9).
PRIVATE_READERS: Final = FAMILY | {Role.foster_parent, Role.parent, Role.relative}
# Whom a member may be invited as. Custody and the municipality's part are not handed out by invitation.
GUESTS: Final = frozenset(
    {
        Role.foster_parent,
        Role.interpreter,
        Role.parent,
        Role.professional,
        Role.relative,
        Role.support_person,
        Role.volunteer,
    }
)


class Act(StrEnum):
    add_attachment = "add_attachment"
    agree_to_invitation = "agree_to_invitation"
    answer_callback = "answer_callback"
    answer_response = "answer_response"
    ask_for_callback = "ask_for_callback"
    begin_joint_concern = "begin_joint_concern"
    change_custody = "change_custody"
    close_thread = "close_thread"
    co_sign = "co_sign"
    correct_message = "correct_message"
    correct_note = "correct_note"
    do_action = "do_action"
    end_membership = "end_membership"
    give_up_joint_concern = "give_up_joint_concern"
    give_view = "give_view"
    hand_over = "hand_over"
    keep_private_facts = "keep_private_facts"
    leave_thread = "leave_thread"
    log_contact = "log_contact"
    make_plan = "make_plan"
    move_stage = "move_stage"
    open_thread = "open_thread"
    pause_membership = "pause_membership"
    post_message = "post_message"
    propose_invitation = "propose_invitation"
    propose_summary = "propose_summary"
    publish_note = "publish_note"
    receive_joint_concern = "receive_joint_concern"
    record_consent = "record_consent"
    reopen_thread = "reopen_thread"
    respond_to_note = "respond_to_note"
    screen_risk = "screen_risk"
    see_looks = "see_looks"
    send_joint_concern = "send_joint_concern"
    settle_plan = "settle_plan"
    settle_summary = "settle_summary"
    take_home = "take_home"
    withdraw_attachment = "withdraw_attachment"
    withdraw_callback = "withdraw_callback"
    withdraw_consent = "withdraw_consent"
    withdraw_contact = "withdraw_contact"
    withdraw_message = "withdraw_message"
    write_down_words = "write_down_words"
    write_joint_part = "write_joint_part"


# Whoever writes can be asked to do something, and says when it is done; and may ask the caseworker to ring.
WRITE: Final = frozenset(
    {
        Act.add_attachment,
        Act.ask_for_callback,
        Act.correct_message,
        Act.do_action,
        Act.leave_thread,
        Act.post_message,
        Act.withdraw_attachment,
        Act.withdraw_callback,
        Act.withdraw_message,
    }
)
STEER: Final = frozenset({Act.close_thread, Act.open_thread, Act.propose_invitation, Act.reopen_thread})
CONSENT: Final = frozenset({Act.agree_to_invitation, Act.withdraw_consent})
ADULT: Final = frozenset({Act.keep_private_facts, Act.write_down_words})
# A note is a professional's; what is said to it is the family's; and the professional answers.
NOTE: Final = frozenset({Act.answer_response, Act.correct_note, Act.propose_summary, Act.publish_note})
NOTED: Final = frozenset({Act.respond_to_note})
# Whoever comes by work writes down that there was a visit or a call.
CONTACT: Final = frozenset({Act.log_contact, Act.withdraw_contact})
OF_FAMILY: Final = NOTED | {Act.see_looks, Act.settle_plan, Act.settle_summary}
# The plan is made by the family and the professionals together; how it goes, those say who know the child.
VIEW: Final = frozenset({Act.give_view})
PLAN: Final = VIEW | {Act.make_plan}
# A notification that is written together: each a part of one's own; it is begun, or given up, by whoever it is about or
# whose duty it is; and sent by a professional, whose duty it is alone.
TOGETHER: Final = frozenset({Act.begin_joint_concern, Act.give_up_joint_concern, Act.write_joint_part})
# A copy stays when the place has ended. It is for whoever the child belongs to, and whoever has to file what is done.
# Whoever was let in to translate, for one task or for some hours reads here; the family may hand over its own copy.
KEEP: Final = frozenset({Act.take_home})

MAY: Final[dict[Role, frozenset[Act]]] = {
    # The caseworker leaves by handing over, not by slipping away; and is the one who rings.
    Role.caseworker: (WRITE - {Act.ask_for_callback, Act.leave_thread, Act.withdraw_callback})
    | STEER
    | NOTE
    | PLAN
    | KEEP
    | CONTACT
    | {
        Act.answer_callback,
        Act.change_custody,
        Act.end_membership,
        Act.hand_over,
        Act.move_stage,
        Act.pause_membership,
        Act.receive_joint_concern,
        Act.record_consent,
        Act.screen_risk,
        Act.write_down_words,
        Act.write_joint_part,
    },
    # A child speaks, asks for people, and may step out; it is not asked to decide for others. Where we are, it confirms
    # only where nobody with custody is there to do it (summaries/reads.py).
    Role.child: WRITE | OF_FAMILY | PLAN | KEEP | {Act.open_thread, Act.propose_invitation, Act.write_joint_part},
    # Nobody is held in a room: a custody holder may leave, too. The last of the family cannot (family_stays).
    Role.custody_holder: WRITE
    | STEER
    | CONSENT
    | ADULT
    | OF_FAMILY
    | PLAN
    | KEEP
    | TOGETHER
    | {Act.end_membership, Act.pause_membership},
    Role.foster_parent: WRITE
    | ADULT
    | NOTED
    | PLAN
    | KEEP
    | {Act.open_thread, Act.propose_invitation, Act.write_joint_part},
    Role.interpreter: WRITE,
    # Somebody who is new to the case signs beside who is not; nothing else is written on duty.
    Role.on_duty: frozenset({Act.co_sign, Act.leave_thread}),
    Role.parent: WRITE | NOTED | PLAN | KEEP | TOGETHER | {Act.keep_private_facts, Act.propose_invitation},
    Role.professional: WRITE
    | NOTE
    | PLAN
    | KEEP
    | CONTACT
    | TOGETHER
    | {Act.open_thread, Act.propose_invitation, Act.send_joint_concern, Act.write_down_words},
    Role.relative: WRITE | NOTED | VIEW | KEEP | {Act.keep_private_facts, Act.propose_invitation},
    Role.support_person: WRITE | {Act.write_down_words},
    Role.volunteer: WRITE,
    Role.young_person: WRITE | CONSENT | OF_FAMILY | PLAN | KEEP | TOGETHER | {Act.open_thread, Act.propose_invitation},
}

# A closed thread is for reading. These may still be done there; what stands in a note can be disputed, and is answered;
# and whoever was promised a call gets it.
WHEN_CLOSED: Final = frozenset(
    {
        Act.answer_callback,
        Act.answer_response,
        Act.change_custody,
        Act.end_membership,
        Act.keep_private_facts,
        Act.leave_thread,
        Act.open_thread,
        Act.pause_membership,
        Act.receive_joint_concern,
        Act.reopen_thread,
        Act.respond_to_note,
        Act.screen_risk,
        Act.see_looks,
        Act.take_home,
        Act.withdraw_callback,
        Act.withdraw_consent,
    }
)
