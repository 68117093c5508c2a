-- As owner, after the world was played: date it back. `planned` says when each event of each thread is to have
-- happened, `taken` when each invitation was accepted. Every other time follows from the journal.
update events e set at = p.at from planned p where p.thread_id = e.thread_id and p.seq = e.seq;

update threads t set opened_at = span.first, last_at = span.last
  from (select thread_id, min(at) as first, max(at) as last from events group by thread_id) span
 where span.thread_id = t.id;

update cases c set opened_at = t.opened_at from threads t where t.case_id = c.id and t.kind = 'family';

update messages m set posted_at = e.at from events e where e.thread_id = m.thread_id and e.seq = m.seq;

update messages m set corrected_at = e.at from events e
 where m.corrected_at is not null and e.kind = 'message_corrected' and e.thread_id = m.thread_id and e.object_id = m.id;

update messages m set withdrawn_at = e.at from events e
 where m.withdrawn_at is not null and e.kind = 'message_withdrawn' and e.thread_id = m.thread_id and e.object_id = m.id;

update earlier_texts v set until = m.corrected_at from messages m where m.thread_id = v.thread_id and m.id = v.message_id;

update notes n set published_at = e.at from events e where e.thread_id = n.thread_id and e.seq = n.seq;
update note_versions v set written_at = e.at from events e where e.thread_id = v.thread_id and e.seq = v.seq;
-- An answer is due as many Danish days after it was asked for as when it was played.
update responses r set responded_at = e.at,
       due_on = r.due_on + ((e.at at time zone 'Europe/Copenhagen')::date
                            - (r.responded_at at time zone 'Europe/Copenhagen')::date)
  from events e where e.thread_id = r.thread_id and e.seq = r.seq;
update response_answers a set answered_at = e.at from events e where e.thread_id = a.thread_id and e.seq = a.seq;
update summaries s set proposed_at = e.at from events e where e.thread_id = s.thread_id and e.seq = s.seq;
update summary_settlements s set settled_at = e.at from events e where e.thread_id = s.thread_id and e.seq = s.seq;

update stages s set happened_at = e.at, recorded_at = e.at from events e where e.thread_id = s.thread_id and e.seq = s.seq;

update goals g set set_at = e.at from events e where e.thread_id = g.thread_id and e.seq = g.seq;
update goal_changes c set changed_at = e.at from events e where e.thread_id = c.thread_id and e.seq = c.seq;
update actions a set planned_at = e.at from events e where e.thread_id = a.thread_id and e.seq = a.seq;
update action_changes c set changed_at = e.at from events e where e.thread_id = c.thread_id and e.seq = c.seq;
update scales s set given_at = e.at from events e where e.thread_id = s.thread_id and e.seq = s.seq;
update wellbeing w set rated_at = e.at from events e where e.thread_id = w.thread_id and e.seq = w.seq;
update evaluations v set planned_at = e.at from events e where e.thread_id = v.thread_id and e.seq = v.seq;
update evaluation_views v set given_at = e.at from events e where e.thread_id = v.thread_id and e.seq = v.seq;

update callbacks c set asked_at = e.at from events e where e.thread_id = c.thread_id and e.seq = c.seq;
update callback_steps s set taken_at = e.at from events e where e.thread_id = s.thread_id and e.seq = s.seq;
update contacts c set logged_at = e.at, happened_at = e.at from events e where e.thread_id = c.thread_id and e.seq = c.seq;

update joint_concerns j set begun_at = e.at from events e where e.thread_id = j.thread_id and e.seq = j.seq;
update joint_parts p set written_at = e.at from events e where e.thread_id = p.thread_id and e.seq = p.seq;

update closures c set closed_at = e.at from events e where e.kind = 'thread_closed' and e.object_id = c.id;

update closures c set reopened_at = e.at from events e where e.kind = 'thread_reopened' and e.object_id = c.id;

-- Who was named at the opening has a place from then on; a guest from the moment of joining.
update memberships m set starts_at = coalesce(
         (select e.at from events e where e.kind = 'member_joined' and e.object_id = m.id
             and not exists (select 1 from invitations i where i.membership_id = m.id)), t.opened_at)
  from threads t where t.id = m.thread_id;

update memberships m set ended_at = e.at from events e where e.kind = 'member_left' and e.object_id = m.id;

update invitations i set proposed_at = coalesce(
         (select e.at from events e where e.kind = 'invitation_proposed' and e.object_id = i.id), t.opened_at)
  from threads t where t.id = i.thread_id;

update invitation_steps s set at = coalesce(
         (select p.at from taken p where p.invitation_id = i.id and s.step = 'accepted'),
         (select e.at from events e where e.object_id = i.id and e.kind = 'invitation_' || s.step),
         i.proposed_at)
  from invitations i where i.id = s.invitation_id;

-- A consent of the proposer is the proposal; anybody else's stands in the journal by who gave or wrote it down. What was
-- told to staff had been given the day before.
update consents c set recorded_at = e.at, given_on = e.at::date - case when c.how = 'digital' then 0 else 1 end
  from invitations i, events e
 where i.id = c.invitation_id and e.object_id = i.id and e.actor_id = coalesce(c.recorded_by, c.giver_id)
   and e.kind = any (case when i.proposed_by = c.giver_id and c.how = 'digital' then '{invitation_proposed}'::text[]
                          else '{consent_given,invitation_agreed}'::text[] end);

update consents c set withdrawn_at = e.at from events e
 where c.withdrawn_at is not null and e.kind = 'consent_withdrawn' and e.object_id = c.invitation_id
   and e.actor_id = c.withdrawn_by;

update invitation_tokens k set expires_at = s.at + interval '72 hours',
       spent_at = (select p.at from taken p where p.invitation_id = k.invitation_id)
  from invitation_steps s where s.invitation_id = k.invitation_id and s.step = 'sent';

-- Access in the course of duty lasts three hours.
update memberships m set ends_at = m.starts_at + interval '3 hours' where m.role = 'on_duty';

update duty_accesses d set opened_at = m.starts_at, ends_at = m.ends_at from memberships m
 where m.role = 'on_duty' and m.case_id = d.case_id and m.person_id = d.person_id;

-- Who has read along in the last three weeks: at work, once a day that something was written, some time after it. Two
-- reads make a visit, the list and the page. The family's own reading goes into the book too, as it does otherwise.
insert into looks (id, case_id, thread_id, person_id, membership_id, what, at)
select gen_random_uuid(), r.case_id, r.thread_id, r.person_id, r.id, w.what, r.at + w.after
  from (select distinct on (m.id, e.at::date) m.*, v.at + make_interval(mins => 5 + abs(hashtext(m.id::text || e.seq)) % 90) as at
          from memberships m join events e on e.thread_id = m.thread_id
          cross join lateral (select e.at at time zone 'Europe/Copenhagen' as local) l
          cross join lateral (select case when l.local::time between '07:30' and '15:00' then l.local
                                          else date_trunc('day', l.local + interval '9 hours') + interval '7 hours 40 minutes' end as base) b
          cross join lateral (select (b.base + case when extract(isodow from b.base) > 5
                                                    then make_interval(days => 8 - extract(isodow from b.base)::int)
                                                    else interval '0' end) at time zone 'Europe/Copenhagen' as at) v
         where m.role <> 'on_duty' and e.actor_id is distinct from m.id
           and e.kind in ('message_posted', 'note_published', 'note_responded', 'summary_proposed')
           and e.seq > m.history_from and e.at > now() - interval '21 days' and e.at >= m.starts_at
         order by m.id, e.at::date, e.at) r
  cross join (values ('list_cases', interval '0'), ('get_thread', interval '20 seconds')) as w (what, after)
 where r.at < now() - interval '1 hour' and (r.ended_at is null or r.at < r.ended_at);

insert into looks (id, case_id, thread_id, person_id, membership_id, what, purpose, reason, at)
select gen_random_uuid(), m.case_id, m.thread_id, m.person_id, m.id, 'get_thread', 'reason', d.reason,
       m.starts_at + interval '2 minutes'
  from memberships m join duty_accesses d on d.case_id = m.case_id and d.person_id = m.person_id where m.role = 'on_duty';

-- The other book says the same, and the finished days have been compared.
insert into served (day, what, times)
select (l.at at time zone 'Europe/Copenhagen')::date, l.what, count(*) from looks l group by 1, 2;

insert into reconciliations (day, served, looked, missing)
select s.day, sum(s.times), sum(s.times), 0 from served s
 where s.day < (now() at time zone 'Europe/Copenhagen')::date group by s.day;

-- Nobody is to get a mail about what happened long ago; only the links that still wait go out.
set local search_path = public, jobs; -- the queue's own triggers want it

delete from jobs.procrastinate_jobs j where j.status = 'todo' and not (
       j.task_name = 'mail:send_invitation' and exists (
         select 1 from invitation_steps s where s.invitation_id::text = j.args ->> 'invitation' and s.step = 'sent'
            and s.at > now() - interval '72 hours'
            and not exists (select 1 from invitation_steps a where a.invitation_id = s.invitation_id and a.step = 'accepted')));
