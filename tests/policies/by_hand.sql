-- What the tables of "who may see" say in the small world of story.py, put there by hand.
-- the outsider worked there once; the colleague has begun to open a thread beside Sofie's
insert into employments (id, person_id, unit_id, title, role, ended_on) values
  (%(job_outsider)s, %(outsider)s, %(unit_families)s, 'x', 'caseworker', current_date - 1);
insert into threads (id, case_id, kind, purpose, opened_by) values (%(begun)s, %(Sofie)s, 'other', 'x', %(colleague)s);
update cases set unit_id = %(unit_families)s, child_born = '2016-08-30' where id = %(Emil)s;

insert into private_facts (id, case_id, owner_id, kind, text) values
  (%(home)s, %(Emil)s, %(mother)s, 'address', 'x'),
  (%(number)s, %(Emil)s, %(mother)s, 'phone', 'x'),
  (%(flat)s, %(Emil)s, %(father)s, 'address', 'x'),
  (%(trail)s, %(Emil)s, %(teacher)s, 'meeting_place', 'x');
-- taken back from the teacher; the health visitor's last day has passed; the teacher is no longer in "left"
insert into fact_grants (id, fact_id, owner_id, membership_id, ended_at) values
  (gen_random_uuid(), %(home)s, %(mother)s, %(caseworker@family)s, null),
  (gen_random_uuid(), %(home)s, %(mother)s, %(teacher@family)s, now()),
  (gen_random_uuid(), %(home)s, %(mother)s, %(healthvisitor@family)s, null),
  (gen_random_uuid(), %(flat)s, %(father)s, %(mother@closed)s, null),
  (gen_random_uuid(), %(trail)s, %(teacher)s, %(mother@left)s, null);
insert into fact_looks (id, fact_id, owner_id, membership_id) values
  (gen_random_uuid(), %(home)s, %(mother)s, %(caseworker@family)s);

insert into custody_changes (id, case_id, thread_id, unit_id, change, name, email, capacity, basis, asked_by) values
  (%(grant)s, %(Emil)s, %(family)s, %(unit_families)s, 'granted', 'x', 'x@demo.example', 'x', 'x', %(caseworker)s);
insert into duty_accesses (id, case_id, unit_id, person_id, employment_id, name, title, reason, ends_at)
  select %(access)s, %(Emil)s, e.unit_id, e.person_id, e.id, 'x', 'x', 'x', now()
    from employments e where e.person_id = %(colleague)s;
insert into duty_accesses (id, case_id, unit_id, person_id, employment_id, name, title, reason, opened_at, ends_at)
  select %(watch)s, %(Ida)s, e.unit_id, e.person_id, e.id, 'x', 'x', 'x', now() - interval '1 hour', now()
    from employments e where e.person_id = %(leader)s;
insert into invitation_claims (id, invitation_id, thread_id, person_id, name, email) values
  (%(claim)s, %(+auditor)s, %(family)s, %(outsider)s, 'x', 'x');

-- a note of somebody who has left, and where they were before the last guests came
insert into notes (thread_id, id, seq, person_id) values (%(family)s, %(bye)s, 11, %(kindergarten)s);
insert into note_versions (thread_id, note_id, version, seq, challenges, resources, proposals) values
  (%(family)s, %(bye)s, 1, 11, '', 'x', '');
insert into summaries (thread_id, id, seq, person_id, words) values (%(family)s, %(begun)s, 7, %(caseworker)s, 'x');
insert into summary_settlements (thread_id, summary_id, seq, person_id, confirmed) values
  (%(family)s, %(begun)s, 40, %(mother)s, true);

-- Ids are made by clients: in Sofie's thread the same ones stand for something else. The father came there later.
update memberships set history_from = 1 where id = %(father@sofie)s;
insert into notes (thread_id, id, seq, person_id) values (%(sofie)s, %(note)s, 2, %(colleague)s);
insert into note_versions (thread_id, note_id, version, seq, challenges, resources, proposals) values
  (%(sofie)s, %(note)s, 1, 2, '', 'x', '');
insert into responses (thread_id, id, note_id, version, seq, person_id, kind, box, words) values
  (%(sofie)s, %(disputed)s, %(note)s, 1, 3, %(father)s, 'agree', 'whole', ''),
  (%(sofie)s, %(doubted)s, %(note)s, 1, 3, %(father)s, 'agree', 'whole', '');
insert into summaries (thread_id, id, seq, person_id, words) values
  (%(sofie)s, %(over)s, 1, %(colleague)s, 'x'), (%(family)s, %(over)s, 12, %(caseworker)s, 'x'),
  (%(sofie)s, %(now)s, 2, %(colleague)s, 'x');

-- a plan from before the last guests came, a later one, one at the side, and one of the same ids in Sofie's thread
insert into goals (thread_id, id, seq, person_id, kind, area, words) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, 'goal', 'home', 'x'),
  (%(family)s, %(lately)s, 40, %(mother)s, 'goal', 'home', 'x'),
  (%(side)s, %(apart)s, 2, %(mother)s, 'goal', 'home', 'x'),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, 'goal', 'home', 'x');
insert into stages (thread_id, id, seq, person_id, step, happened_at, words) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, 'notified', now(), 'x'),
  (%(family)s, %(bye)s, 12, %(kindergarten)s, 'notified', now(), 'x'),
  (%(family)s, %(lately)s, 40, %(caseworker)s, 'danger_assessed', now(), 'x'),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, 'notified', now(), 'x');
-- the psychologist has just sent one here and one in Ida's thread, and neither is a step of the case yet
insert into joint_concerns (thread_id, id, seq, person_id, area) values
  (%(family)s, %(long_ago)s, 11, %(teacher)s, 'home'),
  (%(family)s, %(begun)s, 12, %(father)s, 'home'),
  (%(family)s, %(lately)s, 40, %(mother)s, 'home'),
  (%(family)s, %(sent)s, 43, %(psychologist)s, 'home'),
  (%(family)s, %(dropped)s, 44, %(teacher)s, 'home'),
  (%(ida)s, %(apart)s, 1, %(psychologist)s, 'home'),
  (%(sofie)s, %(lately)s, 1, %(father)s, 'home');
insert into joint_parts (thread_id, id, concern_id, seq, person_id, words) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(teacher)s, 'x'),
  (%(family)s, %(lately)s, %(lately)s, 42, %(mother)s, 'x'),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(father)s, 'x');
insert into joint_steps (thread_id, id, concern_id, seq, person_id, step, words, receipt_due_on) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(teacher)s, 'given_up', 'x', null),
  (%(family)s, %(sent)s, %(sent)s, 43, %(psychologist)s, 'sent', '', current_date),
  (%(family)s, %(dropped)s, %(dropped)s, 44, %(teacher)s, 'given_up', 'x', null),
  (%(ida)s, %(apart)s, %(apart)s, 1, %(psychologist)s, 'sent', '', current_date),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(father)s, 'given_up', 'x', null);
insert into goal_changes (thread_id, id, goal_id, seq, person_id, step) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(caseworker)s, 'reached'),
  (%(family)s, %(lately)s, %(lately)s, 42, %(mother)s, 'reached'),
  (%(side)s, %(apart)s, %(apart)s, 3, %(mother)s, 'reached'),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(colleague)s, 'reached');
insert into actions (thread_id, id, seq, person_id, owner, words, due_on) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, %(caseworker@family)s, 'x', current_date),
  (%(family)s, %(lately)s, 40, %(mother)s, %(mother@family)s, 'x', current_date),
  (%(side)s, %(apart)s, 2, %(mother)s, %(mother@side)s, 'x', current_date),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, %(colleague@sofie)s, 'x', current_date);
insert into action_changes (thread_id, id, action_id, seq, person_id, step) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(caseworker)s, 'done'),
  (%(family)s, %(lately)s, %(lately)s, 42, %(mother)s, 'done'),
  (%(side)s, %(apart)s, %(apart)s, 3, %(mother)s, 'done'),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(colleague)s, 'done');
insert into scales (thread_id, id, goal_id, seq, person_id, before, now, hoped) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(caseworker)s, 1, 2, 3),
  (%(family)s, %(lately)s, %(lately)s, 42, %(mother)s, 1, 2, 3),
  (%(side)s, %(apart)s, %(apart)s, 3, %(mother)s, 1, 2, 3),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(colleague)s, 1, 2, 3);
insert into wellbeing (thread_id, id, seq, person_id, colour) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, 'green'),
  (%(family)s, %(lately)s, 40, %(mother)s, 'green'),
  (%(side)s, %(apart)s, 2, %(mother)s, 'green'),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, 'green');
insert into evaluations (thread_id, id, seq, person_id, due_on) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, current_date),
  (%(family)s, %(lately)s, 40, %(mother)s, current_date),
  (%(side)s, %(apart)s, 2, %(mother)s, current_date),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, current_date);
insert into evaluation_views (thread_id, id, evaluation_id, seq, person_id, worked) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(caseworker)s, 'x'),
  (%(family)s, %(lately)s, %(lately)s, 42, %(mother)s, 'x'),
  (%(side)s, %(apart)s, %(apart)s, 3, %(mother)s, 'x'),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(colleague)s, 'x');

insert into attachments (thread_id, id, seq, person_id, state, key, name, caption, digest, media, size, thumbnail) values
  (%(family)s, %(photo)s, 8, %(mother)s, 'ready', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true),
  (%(family)s, %(gone_photo)s, 11, %(kindergarten)s, 'ready', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true),
  (%(family)s, %(held)s, 31, %(father)s, 'waiting', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true),
  (%(family)s, %(latest)s, 33, %(mother)s, 'ready', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true),
  (%(side)s, %(aside_photo)s, 2, %(caseworker)s, 'ready', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true),
  (%(sofie)s, %(photo)s, 1, %(colleague)s, 'ready', gen_random_uuid(), 'x', 'x', 'x', 'jpeg', 1, true);

-- how some are reached at work; the neighbour is in nothing
insert into contact_cards (employment_id, phone, answers_within)
  select e.id, '1', 'week' from employments e where e.person_id in (%(caseworker)s, %(colleague)s, %(psychologist)s, %(neighbour)s);
insert into callbacks (thread_id, id, seq, person_id, due_on) values
  (%(family)s, %(long_ago)s, 11, %(grandmother)s, current_date),
  (%(family)s, %(lately)s, 40, %(mother)s, current_date),
  (%(side)s, %(apart)s, 2, %(mother)s, current_date),
  (%(sofie)s, %(lately)s, 1, %(father)s, current_date);
insert into callback_steps (thread_id, id, callback_id, seq, person_id, step) values
  (%(family)s, %(long_ago)s, %(long_ago)s, 41, %(caseworker)s, 'tried'),
  (%(family)s, %(lately)s, %(lately)s, 42, %(caseworker)s, 'tried'),
  (%(side)s, %(apart)s, %(apart)s, 3, %(caseworker)s, 'tried'),
  (%(sofie)s, %(lately)s, %(lately)s, 3, %(colleague)s, 'tried');
insert into contacts (thread_id, id, seq, person_id, kind, happened_at) values
  (%(family)s, %(long_ago)s, 11, %(caseworker)s, 'visit', now()),
  (%(family)s, %(lately)s, 40, %(teacher)s, 'visit', now()),
  (%(side)s, %(apart)s, 2, %(caseworker)s, 'visit', now()),
  (%(sofie)s, %(lately)s, 1, %(colleague)s, 'visit', now());

-- what is being written, by some whose place has ended or passed, too
insert into drafts (person_id, form, about, thread_id, id, writer, text, version) values
  (%(mother)s, 'message', %(family)s, %(family)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(mother)s, 'message', %(side)s, %(side)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(mother)s, 'new_case', %(mother)s, null, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(father)s, 'message', %(family)s, %(family)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(teacher)s, 'message', %(family)s, %(family)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(teacher)s, 'message', %(left)s, %(left)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(kindergarten)s, 'message', %(family)s, %(family)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(healthvisitor)s, 'message', %(family)s, %(family)s, gen_random_uuid(), gen_random_uuid(), 'x', 1),
  (%(outsider)s, 'new_case', %(outsider)s, null, gen_random_uuid(), gen_random_uuid(), 'x', 1);

-- one look for the owner of a fact to know, two by somebody without a place: one of them where the boy was once
insert into looks (id, case_id, thread_id, person_id, membership_id, what) values
  (gen_random_uuid(), %(Emil)s, %(family)s, %(psychologist)s, %(psychologist@family.2)s, 'get_facts');
insert into looks (id, case_id, thread_id, person_id, employment_id, what, purpose, reason)
  select looked.id, %(Emil)s, looked.thread, e.person_id, e.id, 'x', 'duty', 'x'
    from (values (%(glance)s::uuid, %(family)s::uuid), (gen_random_uuid(), %(left)s)) looked (id, thread), employments e
   where e.person_id = %(auditor)s;

insert into served (day, what, times) values (current_date, 'x', 1);
insert into reconciliations (day, served, looked, missing) values (current_date - 1, 1, 1, 0);
insert into logout_tokens (issuer, jti) values ('x', 'x');

-- advice: the kindergarten's, answered by the caseworker; the psychologist's of the past, by the outsider; the school's and the psychologists' with the neighbour, who is
-- away: the colleague stands in, but for what is closed
insert into routings (unit_id, caseworker_id, deputy_id)
  select u.id, r.id, d.id from unnest(array[%(unit_school)s, %(unit_psychology)s]::uuid[]) u (id), employments r, employments d
   where r.person_id = %(neighbour)s and d.person_id = %(colleague)s;
insert into absences (person_id, from_on, to_on) values (%(neighbour)s, current_date - 2, current_date + 9);
insert into consultations
  (id, person_id, employment_id, name, title, unit_id, area, due_on, receiver_id, receiver_name, receiver_title)
  select v.id, a.person_id, a.id, 'x', 'x', a.unit_id, 'home', current_date, r.id, 'x', 'x'
    from (values (%(advice)s::uuid, %(kindergarten)s::uuid, %(caseworker)s::uuid),
                 (%(covered)s, %(teacher)s, %(neighbour)s), (%(advised)s, %(psychologist)s, %(neighbour)s),
                 (%(past)s, %(psychologist)s, %(outsider)s)) v (id, asker, receiver)
    join employments a on a.person_id = v.asker join employments r on r.person_id = v.receiver;
insert into consultation_lines (consultation_id, id, person_id, name, title, words)
  select c.id, c.id, c.person_id, 'x', 'x', 'x' from consultations c;
insert into consultation_passings (consultation_id, id, person_id, to_id, name, to_name, to_title)
  select c.id, gen_random_uuid(), c.person_id, c.receiver_id, 'x', 'x', 'x' from consultations c where c.id = %(advice)s;
insert into consultation_closures (consultation_id, outcome) values
  (%(advised)s, 'advice_enough'), (%(past)s, 'advice_enough');
-- notifications: the kindergarten's, handled by the caseworker; the teacher's with the neighbour, who is away, and the
-- psychologist's, which is done; a citizen's without a name, at the leader's
insert into concerns (id, source, anonymous, person_id, employment_id, notifier_name, unit_id, area, words, parents_told,
                      received_at, assess_red_at, assess_due_at, receipt_due_on, settle_due_on, receiver_id)
  select v.id, case when a.id is null then 'citizen' else 'professional' end, a.id is null, a.person_id, a.id,
         case when a.id is null then '' else 'x' end, coalesce(a.unit_id, %(unit_school)s), 'home', 'x', 'no',
         now(), now(), now(), current_date, current_date, r.id
    from (values (%(worry)s::uuid, %(kindergarten)s::uuid, %(caseworker)s::uuid), (%(minded)s, %(teacher)s, %(neighbour)s),
                 (%(ended)s, %(psychologist)s, %(neighbour)s), (%(past)s, %(psychologist)s, %(outsider)s), (%(unsigned)s, null, %(leader)s)) v (id, sender, receiver)
    join employments r on r.person_id = v.receiver left join employments a on a.person_id = v.sender;
insert into concern_steps (concern_id, id, person_id, name, title, step, words, way, outcome)
  select c.id, c.id, r.person_id, 'x', 'x', v.step, 'x', v.way, v.outcome
    from concerns c join employments r on r.id = c.receiver_id
    join (values (%(worry)s::uuid, 'danger_assessed', null, null), (%(minded)s, 'danger_assessed', null, null),
                 (%(ended)s, 'settled', null, 'nothing_more'), (%(past)s, 'settled', null, 'nothing_more')) v (id, step, way, outcome) on v.id = c.id
  union all select c.id, %(advice)s, r.person_id, 'x', 'x', 'receipted', '', 'phone', null
    from concerns c join employments r on r.id = c.receiver_id where c.id in (%(ended)s, %(past)s);
-- the ball went on before the last guests came, and later; and in Sofie's thread, by a proposal of the same id
insert into hand_overs (thread_id, id, seq, from_person, to_person, to_employment, to_name, to_title, stays, due_on)
  select h.thread, h.id, h.seq, %(caseworker)s, %(leader)s, e.id, 'x', 'x', false, current_date
    from employments e, (values (%(family)s::uuid, %(long_ago)s::uuid, 11), (%(family)s, %(lately)s, 40),
                                (%(sofie)s, %(lately)s, 1)) as h (thread, id, seq)
   where e.person_id = %(leader)s;
insert into hand_over_answers (thread_id, hand_over_id, seq, person_id, outcome) values
  (%(family)s, %(long_ago)s, 41, %(leader)s, 'declined'),
  (%(family)s, %(lately)s, 42, %(leader)s, 'declined'),
  (%(sofie)s, %(lately)s, 2, %(leader)s, 'declined');
insert into ball_passes (thread_id, seq, from_person, to_person) values
  (%(family)s, 11, %(leader)s, %(caseworker)s), (%(family)s, 43, %(colleague)s, %(caseworker)s),
  (%(sofie)s, 1, %(leader)s, %(colleague)s)
