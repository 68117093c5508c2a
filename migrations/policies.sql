-- WHO SEES. Every policy, on this one page; dropped and made anew with each migration, together with doors/.
--
-- The web role sees a row when the person of this transaction (app.person_id, transaction-local) is a member in force
-- of the row's thread. No person: no rows. What a member may DO stands in app/access/may.py, not here.

-- 1. A clean page ----------------------------------------------------------------------------------------------------
drop view if exists entries;
do $$
declare it record;
begin
  for it in select schemaname, tablename, policyname from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I.%I', it.policyname, it.schemaname, it.tablename);
  end loop;
  for it in select c.oid::regclass as name from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') loop
    execute format('revoke all on %s from rundtom_web, rundtom_live, rundtom_worker, rundtom_authz, public', it.name);
    if it.name::text <> 'alembic_version' then
      execute format('alter table %s enable row level security', it.name);
      execute format('alter table %s force row level security', it.name);
      -- The owner migrates, administers by command line and loads the demo; the authz role owns the doors.
      execute format('create policy by_owner on %s to rundtom_owner using (true) with check (true)', it.name);
      execute format('create policy by_door on %s to rundtom_authz using (true) with check (true)', it.name);
      execute format('grant select, insert, update, delete on %s to rundtom_authz', it.name);
    end if;
  end loop;
  for it in select t.tgname, t.tgrelid::regclass as tab from pg_trigger t join pg_class c on c.oid = t.tgrelid
             where not t.tgisinternal and c.relnamespace = 'public'::regnamespace loop
    execute format('drop trigger %I on %s', it.tgname, it.tab);
  end loop;
  for it in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'public'::regnamespace loop
    execute format('drop function %s', it.name);
  end loop;
end $$;
grant usage on schema public to rundtom_web, rundtom_live, rundtom_worker, rundtom_authz;
grant usage on schema jobs to rundtom_worker, rundtom_authz;
grant select, insert, update, delete on all tables in schema jobs to rundtom_worker;
grant execute on all functions in schema jobs to rundtom_worker, rundtom_authz;
grant usage, select on all sequences in schema jobs to rundtom_worker, rundtom_authz;
grant select, insert on jobs.procrastinate_jobs, jobs.procrastinate_events to rundtom_authz;

-- 2. The words the policies are made of ------------------------------------------------------------------------------
create function me() returns uuid language sql stable
  -- After a pooled transaction the setting reads '', not null.
  return nullif(current_setting('app.person_id', true), '')::uuid;

-- A place counts while nobody has ended or paused it, and until its last day (in Denmark) or hour has passed.
create function in_force(m memberships) returns boolean language sql stable
  return m.ended_at is null and m.paused_at is null and (m.ends_at is null or m.ends_at > now())
     and (m.ends_on is null or m.ends_on >= (now() at time zone 'Europe/Copenhagen')::date);

-- A policy on memberships that read memberships itself would recurse: hence a door.
create function my_threads() returns uuid[] language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select coalesce(array_agg(thread_id), '{}') from memberships where person_id = me() and in_force(memberships) $$;

-- Threads that one is in as the family: the child, or with custody.
create function my_family_threads() returns uuid[] language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select coalesce(array_agg(m.thread_id), '{}') from memberships m where m.person_id = me() and in_force(m)
      and m.role in ('child', 'custody_holder', 'young_person') $$;

-- Whether somebody has a place in this role in a thread of the case that one is in oneself: nobody is taken along into a
-- further thread as anything else.
create function sits_with_me(p_case uuid, p_person uuid, p_role text) returns boolean language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select exists (select 1 from memberships m where m.case_id = p_case and m.person_id = p_person and m.role = p_role
      and in_force(m) and m.thread_id = any (my_threads())) $$;

-- Whether one works, today, as one of these; and in which units.
create function works_as(variadic p_roles text[]) returns boolean language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select exists (select 1 from employments e where e.person_id = me() and e.role = any (p_roles)
      and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)) $$;

create function my_units(variadic p_roles text[]) returns uuid[] language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select coalesce(array_agg(e.unit_id), '{}') from employments e where e.person_id = me() and e.role = any (p_roles)
      and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date) $$;

-- The threads of these units' cases, and those that their people sit in: where a leader's lists begin to look.
create function threads_near(p_units uuid[]) returns table (id uuid) language sql stable
  set search_path = pg_catalog, public, pg_temp as
$$ select t.id from cases c join threads t on t.case_id = c.id where c.unit_id = any (p_units)
   union select m.thread_id from employments e join memberships m on m.employment_id = e.id where e.unit_id = any (p_units) $$;

create function works_today(e employments) returns boolean language sql stable
  return e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date;

-- Advice without a name: what I asked in work that still runs; what I am to answer; and what waits for somebody who is
-- away, while I stand in. In plpgsql: who that is stands in doors/, which come after this page.
create function my_consultations() returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  return (select coalesce(array_agg(c.id), '{}') from (
    select c.id from employments e join consultations c on e.id in (c.employment_id, c.receiver_id)
     where e.person_id = me() and works_today(e)
    union
    select c.id from employments r join consultations c on c.receiver_id = r.id cross join lateral answers_now(c) a
     where (select works_as('caseworker', 'leader')) and is_away(r) and a.person_id = me()
       and not exists (select 1 from consultation_closures x where x.consultation_id = c.id)) c);
end $$;

-- Notifications that are mine to handle: those that came to me, and what waits for somebody who is away, while I stand in.
create function concerns_to_handle() returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  return (select coalesce(array_agg(c.id), '{}') from (
    select c.id from employments e join concerns c on c.receiver_id = e.id where e.person_id = me() and works_today(e)
    union
    select c.id from concerns c cross join lateral stand_in(c.receiver_id, c.unit_id, c.person_id) a
     where (select works_as('caseworker', 'leader')) and concern_waits(c) and a.person_id = me()) c);
end $$;

-- Whether advice that is asked for in a unit goes to this employment: nobody chooses who answers.
create function goes_to(p_unit uuid, p_employment uuid) returns boolean language plpgsql stable as $$
begin return exists (select 1 from caseworker_for(p_unit, me()) r where r.employment_id = p_employment); end $$;

-- Whether somebody can be the caseworker whom a new dialogue goes to.
create function takes_new(p_person uuid) returns boolean language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as
$$ select exists (select 1 from employments e where e.person_id = p_person and e.role = 'caseworker' and works_today(e)) $$;

-- Words are one's own (null), or those of a child with a place in the same thread, written down.
create function may_stand_as(p_words_of uuid, p_thread uuid) returns boolean language sql stable as
$$ select p_words_of is null or exists (select 1 from memberships m where m.id = p_words_of and m.thread_id = p_thread
      and m.role = 'child' and m.ended_at is null) $$;

-- Whether one has never worked on this case: no place in any of its threads but to read on duty, and no signature (the
-- one thing that somebody on duty can write) but p_but, the one that is being made. A door: one's own ended places are
-- not seen from another thread.
create function is_new_to(p_case uuid, p_but uuid) returns boolean language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select 1 from memberships m where m.case_id = p_case and m.person_id = me() and m.role <> 'on_duty')
     and not exists (select 1 from events e join memberships m on m.id = e.actor_id
                      where e.case_id = p_case and m.person_id = me() and e.kind = 'stage_signed'
                        and e.object_id is distinct from p_but) $$;

-- 3. Policies of the web role ----------------------------------------------------------------------------------------
-- People: oneself only. Names of others are told by memberships, to those who share a thread.
create policy mine on persons for select to rundtom_web using (id = (select me()));
create policy mine_update on persons for update to rundtom_web using (id = (select me()));
create policy mine on employments for select to rundtom_web using (person_id = (select me()));
create policy known on units for select to rundtom_web using (exists (select 1 from persons p where p.id = (select me())));
grant select on persons, employments, units to rundtom_web;
grant update (language) on persons to rundtom_web;

-- One's own days away. Whose they are, and who receives from which unit, is asked by doors/caseworkers.sql alone.
create policy mine on absences to rundtom_web using (person_id = (select me()))
  with check (person_id = (select me()) and works_as('caseworker', 'leader'));
grant select, insert, delete on absences to rundtom_web;

create policy mine on sessions for select to rundtom_web using (person_id = (select me()));
grant select (id, person_id, issuer_key, created_at, seen_at, expires_at, ended_at) on sessions to rundtom_web;

-- The table that decides. New rows only while a thread is being opened by oneself (nothing has happened in it yet);
-- every later place is made by redeem_invitation().
create policy circle on memberships for select to rundtom_web
  using (person_id = (select me()) and in_force(memberships) or thread_id = any ((select my_threads())::uuid[]));
create policy at_opening on memberships for insert to rundtom_web with check (
  exists (select 1 from threads t where t.id = thread_id and t.opened_by = (select me()) and t.last_seq = 0
             and (t.kind = 'family' or sits_with_me(t.case_id, person_id, memberships.role))));
create policy ending on memberships for update to rundtom_web
  using (ended_at is null and thread_id = any ((select my_threads())::uuid[])) with check (ended_at is not null);
grant select, insert, update (ended_at, ended_by, end_reason) on memberships to rundtom_web;

-- Who looked: one's own looks, and for the family those of the others in the thread. The family's own reading is never
-- shown to anyone. Looks are written by doors alone (doors/looks.sql), and the auditor reads them through one (audit.sql).
create policy my_own on looks for select to rundtom_web using (person_id = (select me()));
create policy of_family on looks for select to rundtom_web using (thread_id = any ((select my_family_threads())::uuid[])
  and what <> 'get_facts' -- that somebody is shown an address is told by fact_looks, to its owner alone
  and (membership_id is null or exists (select 1 from memberships m where m.id = looks.membership_id and m.role not in
        ('child', 'custody_holder', 'foster_parent', 'parent', 'relative', 'young_person'))));
grant select on looks to rundtom_web;

create policy member on cases for select to rundtom_web using (exists (
  select 1 from memberships m
   where m.case_id = cases.id and m.person_id = (select me()) and in_force(m)));
create policy opening on cases for insert to rundtom_web with check (opened_by = (select me()) and deputy_id is null
  and (holder_id = (select me()) or takes_new(holder_id)));
grant select, insert on cases to rundtom_web;

create policy member on threads for select to rundtom_web
  using (id = any ((select my_threads())::uuid[]) or (opened_by = (select me()) and last_seq = 0));
create policy opening on threads for insert to rundtom_web with check (
  opened_by = (select me()) and last_seq = 0 and circle_seq = 0
  and (kind = 'family' or exists (select 1 from memberships m
        where m.case_id = threads.case_id and m.person_id = (select me()) and in_force(m))));
grant select, insert on threads to rundtom_web;

create policy member on closures for select to rundtom_web using (thread_id = any ((select my_threads())::uuid[]));
create policy member_insert on closures for insert to rundtom_web with check (thread_id = any ((select my_threads())::uuid[]));
create policy member_update on closures for update to rundtom_web using (thread_id = any ((select my_threads())::uuid[]));
grant select, insert, update (reopened_by, reopened_at) on closures to rundtom_web;

-- Content and journal: a member in force, and only what is newer than where this member's history begins.
create policy member on events for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = events.thread_id and m.person_id = (select me())
     and in_force(m) and events.seq > m.history_from));
grant select on events to rundtom_web;

create policy member on messages for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = messages.thread_id and m.person_id = (select me())
     and in_force(m) and messages.seq > m.history_from));
create policy author on messages for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[])
    and may_stand_as(words_of, thread_id));
create policy author_update on messages for update to rundtom_web
  using (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert, update (text, corrected_at, withdrawn_at) on messages to rundtom_web;

create policy member on earlier_texts for select to rundtom_web using (exists (
  select 1 from messages m where m.thread_id = earlier_texts.thread_id and m.id = message_id));
create policy author on earlier_texts for insert to rundtom_web with check (exists (
  select 1 from messages m where m.thread_id = earlier_texts.thread_id and m.id = message_id and m.person_id = (select me())));
create policy author_delete on earlier_texts for delete to rundtom_web using (exists (
  select 1 from messages m where m.thread_id = earlier_texts.thread_id and m.id = message_id and m.person_id = (select me())));
grant select, insert, delete on earlier_texts to rundtom_web;

create policy member on notes for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = notes.thread_id and m.person_id = (select me())
     and in_force(m) and notes.seq > m.history_from));
create policy author on notes for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert on notes to rundtom_web;

-- What a note says, what the family says to it, and the answer: where the note is seen. Nothing is changed afterwards.
create policy member on note_versions for select to rundtom_web using (exists (
  select 1 from notes n where n.thread_id = note_versions.thread_id and n.id = note_id));
create policy author on note_versions for insert to rundtom_web with check (exists (
  select 1 from notes n where n.thread_id = note_versions.thread_id and n.id = note_id and n.person_id = (select me()))
  and not exists (select 1 from unnest(heard) h (place) where not exists (
        select 1 from memberships m where m.id = h.place and m.thread_id = note_versions.thread_id)));
grant select, insert on note_versions to rundtom_web;

create policy member on responses for select to rundtom_web using (exists (
  select 1 from notes n where n.thread_id = responses.thread_id and n.id = note_id));
create policy author on responses for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from notes n where n.thread_id = responses.thread_id and n.id = note_id));
grant select, insert on responses to rundtom_web;

create policy member on response_answers for select to rundtom_web using (exists (
  select 1 from responses r where r.thread_id = response_answers.thread_id and r.id = response_id));
create policy author on response_answers for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from responses r where r.thread_id = response_answers.thread_id and r.id = response_id));
grant select, insert on response_answers to rundtom_web;

create policy member on summaries for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = summaries.thread_id and m.person_id = (select me())
     and in_force(m) and summaries.seq > m.history_from));
create policy author on summaries for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert on summaries to rundtom_web;

create policy member on summary_settlements for select to rundtom_web using (exists (
  select 1 from summaries s where s.thread_id = summary_settlements.thread_id and s.id = summary_id));
create policy family on summary_settlements for insert to rundtom_web with check (person_id = (select me())
  and thread_id = any ((select my_family_threads())::uuid[]) and exists (
  select 1 from summaries s where s.thread_id = summary_settlements.thread_id and s.id = summary_id));
grant select, insert on summary_settlements to rundtom_web;

-- The steps of a case: in its family thread, by whoever works on it; the second signature by somebody there who has not,
-- which nobody is but on duty. Nothing is changed afterwards.
create policy member on stages for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = stages.thread_id and m.person_id = (select me())
     and in_force(m) and stages.seq > m.history_from));
create policy author on stages for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
   where m.thread_id = stages.thread_id and m.person_id = (select me()) and in_force(m)
     and (step <> 'co_signed' and m.role = 'caseworker'
          or step = 'co_signed' and is_new_to(m.case_id, stages.id)
          -- A notification that was written together, by whoever has sent it.
          or step = 'notified' and m.role = 'professional' and exists (select 1 from joint_steps j
                where j.thread_id = stages.thread_id and j.id = stages.id and j.step = 'sent' and j.person_id = (select me())))));
grant select, insert on stages to rundtom_web;

-- A notification that is written together: all of it where it was begun. Nothing is changed afterwards, and no part is
-- added to what has been sent or given up.
create policy member on joint_concerns for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = joint_concerns.thread_id and m.person_id = (select me())
     and in_force(m) and joint_concerns.seq > m.history_from));
create policy author on joint_concerns for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
   where m.thread_id = joint_concerns.thread_id and m.person_id = (select me()) and in_force(m)));
create policy member on joint_parts for select to rundtom_web using (exists (
  select 1 from joint_concerns j where j.thread_id = joint_parts.thread_id and j.id = concern_id));
create policy author on joint_parts for insert to rundtom_web with check (person_id = (select me())
  and thread_id = any ((select my_threads())::uuid[])
  and exists (select 1 from joint_concerns j where j.thread_id = joint_parts.thread_id and j.id = concern_id)
  and not exists (select 1 from joint_steps s where s.thread_id = joint_parts.thread_id and s.concern_id = joint_parts.concern_id));
create policy member on joint_steps for select to rundtom_web using (exists (
  select 1 from joint_concerns j where j.thread_id = joint_steps.thread_id and j.id = concern_id));
create policy author on joint_steps for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from joint_concerns j join memberships m on m.thread_id = j.thread_id and m.person_id = (select me()) and in_force(m)
   where j.thread_id = joint_steps.thread_id and j.id = concern_id
     and case step when 'sent' then m.role = 'professional' when 'received' then m.role = 'caseworker'
                   else m.role = 'professional' or j.person_id = (select me()) end));
grant select, insert on joint_concerns, joint_parts, joint_steps to rundtom_web;

-- The plan and how it goes: where the thread is seen, from where the history begins; what belongs to a goal, an action or
-- an evaluation, where that is seen. Nothing is changed afterwards.
create policy member on goals for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = goals.thread_id and m.person_id = (select me())
     and in_force(m) and goals.seq > m.history_from));
create policy author on goals for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[])
    and may_stand_as(words_of, thread_id));
grant select, insert on goals to rundtom_web;

create policy member on goal_changes for select to rundtom_web using (exists (
  select 1 from goals g where g.thread_id = goal_changes.thread_id and g.id = goal_id));
create policy author on goal_changes for insert to rundtom_web with check (person_id = (select me())
  and (step not in ('agreed', 'declined') or thread_id = any ((select my_family_threads())::uuid[]))
  and exists (select 1 from goals g where g.thread_id = goal_changes.thread_id and g.id = goal_id));
grant select, insert on goal_changes to rundtom_web;

create policy member on actions for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = actions.thread_id and m.person_id = (select me())
     and in_force(m) and actions.seq > m.history_from));
create policy author on actions for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[])
    and exists (select 1 from memberships m where m.id = owner and m.thread_id = actions.thread_id)
    and (goal_id is null or exists (select 1 from goals g where g.thread_id = actions.thread_id and g.id = goal_id)));
grant select, insert on actions to rundtom_web;

create policy member on action_changes for select to rundtom_web using (exists (
  select 1 from actions a where a.thread_id = action_changes.thread_id and a.id = action_id));
create policy author on action_changes for insert to rundtom_web with check (person_id = (select me())
  and (step not in ('agreed', 'declined') or thread_id = any ((select my_family_threads())::uuid[]))
  and (owner is null or exists (
        select 1 from memberships m where m.id = owner and m.thread_id = action_changes.thread_id))
  and exists (select 1 from actions a where a.thread_id = action_changes.thread_id and a.id = action_id));
grant select, insert on action_changes to rundtom_web;

create policy member on scales for select to rundtom_web using (exists (
  select 1 from goals g where g.thread_id = scales.thread_id and g.id = goal_id));
create policy author on scales for insert to rundtom_web with check (person_id = (select me())
  and exists (select 1 from goals g where g.thread_id = scales.thread_id and g.id = goal_id)
  and may_stand_as(words_of, thread_id));
grant select, insert on scales to rundtom_web;

create policy member on wellbeing for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = wellbeing.thread_id and m.person_id = (select me())
     and in_force(m) and wellbeing.seq > m.history_from));
create policy author on wellbeing for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[])
    and may_stand_as(words_of, thread_id));
grant select, insert on wellbeing to rundtom_web;

create policy member on evaluations for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = evaluations.thread_id and m.person_id = (select me())
     and in_force(m) and evaluations.seq > m.history_from));
create policy author on evaluations for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert on evaluations to rundtom_web;

create policy member on evaluation_views for select to rundtom_web using (exists (
  select 1 from evaluations e where e.thread_id = evaluation_views.thread_id and e.id = evaluation_id));
create policy author on evaluation_views for insert to rundtom_web with check (person_id = (select me())
  and exists (select 1 from evaluations e where e.thread_id = evaluation_views.thread_id and e.id = evaluation_id)
  and may_stand_as(words_of, thread_id));
grant select, insert on evaluation_views to rundtom_web;

-- Files: one that waits for the scanner is known to whoever shared it, and to nobody else. Theirs to take back; that one
-- is clean is said by a door alone (attachments.sql).
create policy member on attachments for select to rundtom_web using (
  (state <> 'waiting' or person_id = (select me())) and exists (
    select 1 from memberships m where m.thread_id = attachments.thread_id and m.person_id = (select me())
       and in_force(m) and attachments.seq > m.history_from));
create policy author on attachments for insert to rundtom_web
  with check (person_id = (select me()) and state in ('ready', 'waiting') and thread_id = any ((select my_threads())::uuid[]));
create policy author_update on attachments for update to rundtom_web
  using (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[])) with check (state = 'withdrawn');
grant select, insert, update (caption, digest, key, name, state) on attachments to rundtom_web;

-- Contact cards: one's own, and those of whoever shares a thread, held through that employment, with me.
create policy mine on contact_cards to rundtom_web
  using (exists (select 1 from employments e where e.id = employment_id and e.person_id = (select me())))
  with check (exists (select 1 from employments e where e.id = employment_id and e.person_id = (select me())));
create policy shared on contact_cards for select to rundtom_web using (exists (
  select 1 from memberships m where m.employment_id = contact_cards.employment_id and in_force(m)
     and m.thread_id = any ((select my_threads())::uuid[])));
grant select, insert, update (phone, hours, answers_within, written_at) on contact_cards to rundtom_web;

-- A call that is asked for, and what became of it: where the thread is seen, from where the history begins. Nothing is
-- changed afterwards. A caseworker rings; only whoever asked says that it is no longer needed.
create policy member on callbacks for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = callbacks.thread_id and m.person_id = (select me())
     and in_force(m) and callbacks.seq > m.history_from));
create policy author on callbacks for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert on callbacks to rundtom_web;

create policy member on callback_steps for select to rundtom_web using (exists (
  select 1 from callbacks c where c.thread_id = callback_steps.thread_id and c.id = callback_id));
create policy author on callback_steps for insert to rundtom_web with check (person_id = (select me()) and exists (
  select 1 from callbacks c join memberships m on m.thread_id = c.thread_id and m.person_id = (select me()) and in_force(m)
   where c.thread_id = callback_steps.thread_id and c.id = callback_id
     and case step when 'withdrawn' then c.person_id = (select me()) else m.role = 'caseworker' end));
grant select, insert on callback_steps to rundtom_web;

-- That there was a visit or a call. Its words are erased when it is withdrawn.
create policy member on contacts for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = contacts.thread_id and m.person_id = (select me())
     and in_force(m) and contacts.seq > m.history_from));
create policy author on contacts for insert to rundtom_web
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
create policy author_update on contacts for update to rundtom_web
  using (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]))
  with check (withdrawn_at is not null);
grant select, insert, update (who, words, withdrawn_at) on contacts to rundtom_web;
-- The ball and how it is handed over: where the thread is seen. Written by doors alone (doors/hand_overs.sql).
create policy member on hand_overs for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = hand_overs.thread_id and m.person_id = (select me())
     and in_force(m) and hand_overs.seq > m.history_from));
create policy member on hand_over_answers for select to rundtom_web using (exists (
  select 1 from hand_overs h where h.thread_id = hand_over_answers.thread_id and h.id = hand_over_id));
create policy member on ball_passes for select to rundtom_web using (exists (
  select 1 from memberships m where m.thread_id = ball_passes.thread_id and m.person_id = (select me())
     and in_force(m) and ball_passes.seq > m.history_from));
grant select on hand_overs, hand_over_answers, ball_passes to rundtom_web;

-- Drafts: the writer's alone, and only while the place they are written for is there.
create policy mine on drafts to rundtom_web
  using (person_id = (select me()) and (thread_id is null or thread_id = any ((select my_threads())::uuid[])))
  with check (person_id = (select me()) and (thread_id is null or thread_id = any ((select my_threads())::uuid[])));
grant select, insert, delete, update (id, saved_at, text, version, writer) on drafts to rundtom_web;

create policy mine on read_marks to rundtom_web using (person_id = (select me()))
  with check (person_id = (select me()) and thread_id = any ((select my_threads())::uuid[]));
grant select, insert, update on read_marks to rundtom_web;

create policy member on invitations for select to rundtom_web using (thread_id = any ((select my_threads())::uuid[]));
-- A welcome (membership_id) hands over a place: only the opener names one, and only while the dialogue is being opened.
create policy member_insert on invitations for insert to rundtom_web with check (exists (
  select 1 from memberships m where m.id = proposed_by and m.thread_id = invitations.thread_id and m.person_id = (select me()))
  and place_id is null and (membership_id is null or exists (select 1 from threads t
        where t.id = invitations.thread_id and t.kind = 'family' and t.opened_by = (select me()) and t.last_seq = 1)));
grant select, insert on invitations to rundtom_web;

create policy member on invitation_steps for select to rundtom_web using (thread_id = any ((select my_threads())::uuid[]));
create policy member_insert on invitation_steps for insert to rundtom_web with check (
  step in ('proposed', 'declined') and exists (
    select 1 from memberships m join invitations i on i.thread_id = m.thread_id
     where m.id = by_id and i.id = invitation_id and m.thread_id = invitation_steps.thread_id and m.person_id = (select me())));
grant select, insert on invitation_steps to rundtom_web;

create policy member on consents for select to rundtom_web using (thread_id = any ((select my_threads())::uuid[]));
grant select on consents to rundtom_web;

create policy member on invitation_claims for select to rundtom_web using (exists (select 1 from memberships m
  where m.thread_id = invitation_claims.thread_id and m.person_id = (select me()) and in_force(m)
    and m.role in ('custody_holder', 'young_person')));
grant select on invitation_claims to rundtom_web;

-- Custody: who decides in the unit knows what is asked for. The family is told when it takes effect, by the thread.
create policy unit on custody_changes for select to rundtom_web
  using (unit_id = any ((select my_units('caseworker', 'leader'))::uuid[]));
grant select on custody_changes to rundtom_web;

create policy mine_or_my_unit on duty_accesses for select to rundtom_web
  using (person_id = (select me()) or unit_id = any ((select my_units('leader'))::uuid[]));
grant select on duty_accesses to rundtom_web;

-- Advice without a name: whoever asked, and whoever is to answer. Words are never changed; passing on is a door's.
create policy mine on consultations for select to rundtom_web using (id = any ((select my_consultations())::uuid[]));
create policy asker on consultations for insert to rundtom_web with check (person_id = (select me())
  and goes_to(unit_id, receiver_id) and exists (
    select 1 from employments e where e.id = employment_id and e.unit_id = consultations.unit_id and works_today(e)
       and e.role in ('leader', 'professional')));
grant select, insert on consultations to rundtom_web;

create policy mine on consultation_lines for select to rundtom_web
  using (consultation_id = any ((select my_consultations())::uuid[]));
create policy author on consultation_lines for insert to rundtom_web with check (person_id = (select me())
  and consultation_id = any ((select my_consultations())::uuid[])
  and not exists (select 1 from consultation_closures x where x.consultation_id = consultation_lines.consultation_id));
grant select, insert on consultation_lines to rundtom_web;

create policy mine on consultation_passings for select to rundtom_web
  using (consultation_id = any ((select my_consultations())::uuid[]));
grant select on consultation_passings to rundtom_web;

create policy mine on consultation_closures for select to rundtom_web
  using (consultation_id = any ((select my_consultations())::uuid[]));
create policy asker on consultation_closures for insert to rundtom_web with check (exists (
  select 1 from consultations c where c.id = consultation_id and c.person_id = (select me())));
grant select, insert on consultation_closures to rundtom_web;

-- Notifications: whoever is to handle one, and the professional who sent it, while the work runs in which it was sent. A
-- door makes them, and a door takes all their words out; nobody changes one. What was done with one is read by whoever
-- handles it: what the notifier is told of it stands in doors/concerns.sql.
create policy to_handle on concerns for select to rundtom_web using (id = any ((select concerns_to_handle())::uuid[]));
create policy sent on concerns for select to rundtom_web using (person_id = (select me()) and exists (
  select 1 from employments e where e.id = employment_id and works_today(e)));
grant select on concerns to rundtom_web;

create policy to_handle on concern_steps for select to rundtom_web
  using (concern_id = any ((select concerns_to_handle())::uuid[]));
create policy handler on concern_steps for insert to rundtom_web with check (person_id = (select me())
  and step <> 'passed_on' and outcome is distinct from 'elsewhere'
  and concern_id = any ((select concerns_to_handle())::uuid[])
  and (stage_id is null or exists (select 1 from stages s where s.thread_id = concern_steps.thread_id
        and s.id = stage_id and s.step = 'notified' and s.person_id = (select me()))));
grant select, insert on concern_steps to rundtom_web;

-- Private facts: the owner, and whoever the owner shows one to, while both are in the thread that they share.
create policy owner on private_facts to rundtom_web using (owner_id = (select me()))
  with check (owner_id = (select me()) and exists (select 1 from memberships m
    where m.case_id = private_facts.case_id and m.person_id = (select me()) and in_force(m)));
create policy granted on private_facts for select to rundtom_web using (exists (
  select 1 from fact_grants g join memberships m on m.id = g.membership_id
    join memberships o on o.thread_id = m.thread_id and o.person_id = private_facts.owner_id and in_force(o)
   where g.fact_id = private_facts.id and g.ended_at is null and m.person_id = (select me()) and in_force(m)));
grant select, insert, delete, update (text, written_at) on private_facts to rundtom_web;

create policy owner on fact_grants for select to rundtom_web using (owner_id = (select me()));
create policy granted on fact_grants for select to rundtom_web using (ended_at is null and exists (
  select 1 from memberships m where m.id = membership_id and m.person_id = (select me()) and in_force(m)));
create policy owner_insert on fact_grants for insert to rundtom_web
  with check (owner_id = (select me()) and exists (select 1 from memberships m where m.id = membership_id
    and m.thread_id = any ((select my_threads())::uuid[])));
create policy owner_update on fact_grants for update to rundtom_web
  using (owner_id = (select me())) with check (owner_id = (select me()) and ended_at is not null);
create policy owner_delete on fact_grants for delete to rundtom_web using (owner_id = (select me()));
grant select, insert, delete, update (ended_at) on fact_grants to rundtom_web;

-- That it was read: told to the owner alone.
create policy owner on fact_looks for select to rundtom_web using (owner_id = (select me()));
create policy reader on fact_looks for insert to rundtom_web with check (exists (
  select 1 from fact_grants g join memberships m on m.id = g.membership_id
   where g.fact_id = fact_looks.fact_id and g.membership_id = fact_looks.membership_id and g.ended_at is null
     and m.person_id = (select me()) and in_force(m)));
create policy owner_delete on fact_looks for delete to rundtom_web using (owner_id = (select me()));
grant select, insert, delete on fact_looks to rundtom_web;

-- 4. One shape of an entry, for pages and frames alike ---------------------------------------------------------------
create view entries with (security_invoker = true) as
select e.thread_id, e.seq, e.about, e.kind, jsonb_build_object(
         'seq', e.seq, 'kind', e.kind, 'id', e.object_id, 'at', e.at, 'about', e.about,
         'author', (select jsonb_build_object('membership', a.id, 'name', a.name, 'capacity', a.capacity, 'role', a.role)
                      from memberships a where a.id = e.actor_id))
       || coalesce((select jsonb_build_object(
         'text', m.text, 'corrected_at', m.corrected_at, 'withdrawn_at', m.withdrawn_at,
         'words_of', (select jsonb_build_object('membership', w.id, 'name', w.name, 'capacity', w.capacity, 'role', w.role)
                        from memberships w where w.id = m.words_of),
         'earlier_texts', (select coalesce(jsonb_agg(jsonb_build_object('text', v.text, 'until', v.until) order by v.until), '[]')
                             from earlier_texts v where v.thread_id = m.thread_id and v.message_id = m.id))
         from messages m where e.kind like 'message\_%' and m.thread_id = e.thread_id and m.id = e.object_id), '{}') as body
  from events e;
grant select on entries to rundtom_web, rundtom_authz;
