"""Who may: role x act, typed by hand. A cell is what the answer is in an open thread and in a closed one."""

from tests.grounds import WHO

#  y  yes          n  no, never          c  yes, but not while the thread is closed
GRID = """
                        case   child custody  foster  interp    duty  parent    prof   relat support  volunt   young
add_attachment             c       c       c       c       c       n       c       c       c       c       c       c
agree_to_invitation        n       n       c       n       n       n       n       n       n       n       n       c
answer_callback            y       n       n       n       n       n       n       n       n       n       n       n
answer_response            y       n       n       n       n       n       n       y       n       n       n       n
ask_for_callback           n       c       c       c       c       n       c       c       c       c       c       c
begin_joint_concern        n       n       c       n       n       n       c       c       n       n       n       c
change_custody             y       n       n       n       n       n       n       n       n       n       n       n
close_thread               c       n       c       n       n       n       n       n       n       n       n       n
co_sign                    n       n       n       n       n       c       n       n       n       n       n       n
correct_message            c       c       c       c       c       n       c       c       c       c       c       c
correct_note               c       n       n       n       n       n       n       c       n       n       n       n
do_action                  c       c       c       c       c       n       c       c       c       c       c       c
end_membership             y       n       y       n       n       n       n       n       n       n       n       n
give_up_joint_concern      n       n       c       n       n       n       c       c       n       n       n       c
give_view                  c       c       c       c       n       n       c       c       c       n       n       c
hand_over                  c       n       n       n       n       n       n       n       n       n       n       n
keep_private_facts         n       n       y       y       n       n       y       n       y       n       n       n
leave_thread               n       y       y       y       y       y       y       y       y       y       y       y
log_contact                c       n       n       n       n       n       n       c       n       n       n       n
make_plan                  c       c       c       c       n       n       c       c       n       n       n       c
move_stage                 c       n       n       n       n       n       n       n       n       n       n       n
open_thread                y       y       y       y       n       n       n       y       n       n       n       y
pause_membership           y       n       y       n       n       n       n       n       n       n       n       n
post_message               c       c       c       c       c       n       c       c       c       c       c       c
propose_invitation         c       c       c       c       n       n       c       c       c       n       n       c
propose_summary            c       n       n       n       n       n       n       c       n       n       n       n
publish_note               c       n       n       n       n       n       n       c       n       n       n       n
receive_joint_concern      y       n       n       n       n       n       n       n       n       n       n       n
record_consent             c       n       n       n       n       n       n       n       n       n       n       n
reopen_thread              y       n       y       n       n       n       n       n       n       n       n       n
respond_to_note            n       y       y       y       n       n       y       n       y       n       n       y
screen_risk                y       n       n       n       n       n       n       n       n       n       n       n
see_looks                  n       y       y       n       n       n       n       n       n       n       n       y
send_joint_concern         n       n       n       n       n       n       n       c       n       n       n       n
settle_plan                n       c       c       n       n       n       n       n       n       n       n       c
settle_summary             n       c       c       n       n       n       n       n       n       n       n       c
take_home                  y       y       y       y       n       n       y       y       y       n       n       y
withdraw_attachment        c       c       c       c       c       n       c       c       c       c       c       c
withdraw_callback          n       y       y       y       y       n       y       y       y       y       y       y
withdraw_consent           n       n       y       n       n       n       n       n       n       n       n       y
withdraw_contact           c       n       n       n       n       n       n       c       n       n       n       n
withdraw_message           c       c       c       c       c       n       c       c       c       c       c       c
write_down_words           c       n       c       c       n       n       n       c       n       c       n       n
write_joint_part           c       c       c       c       n       n       c       c       n       n       n       c
"""
HEAD, *LINES = (line.split() for line in GRID.strip().splitlines())
ROLES = sorted(WHO)  # the columns, in this order
CELLS = {(role, line[0]): cell for line in LINES for role, cell in zip(ROLES, line[1:], strict=True)}
