-- THE DOORS: looks. Whoever is shown something of a case leaves a row here, in the same transaction. No role of the app
-- writes looks by hand: what somebody looked at, why and when is said here and nowhere else.

-- One look at each of these places of somebody's. On duty one looks for the reason that one typed.
create function look_at(p_person uuid, p_places uuid[], p_what text, p_at timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with looked as (
    insert into looks (id, case_id, thread_id, person_id, membership_id, what, purpose, reason, at)
    select gen_random_uuid(), m.case_id, m.thread_id, m.person_id, m.id, p_what,
           case m.role when 'on_duty' then 'reason' else 'participant' end,
           case m.role when 'on_duty' then (select d.reason from duty_accesses d where d.case_id = m.case_id
              and d.person_id = m.person_id order by d.opened_at desc limit 1) end, p_at
      from memberships m where m.id = any (p_places) and m.person_id = p_person and in_force(m) returning 1)
  select count(*) from looked $$;

-- For a request: how many of these places are the caller's, and in force. The moment is the one that the answer is
-- counted by, so that both books agree on the day.
create function look(p_places uuid[], p_what text, p_at timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select look_at(me(), p_places, p_what, p_at) $$;

-- The live room opens a thread for somebody: that is a look like any other. False: it does not exist for that person.
create function look_live(p_person uuid, p_thread uuid, p_at timestamptz default now()) returns boolean
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select look_at(p_person, array(select m.id from memberships m where m.thread_id = p_thread
     and m.person_id = p_person and m.ended_at is null), 'live', p_at) > 0 $$;

-- Who looked without a place in the case: title and unit, never a name. Only of looks that the family may see.
create function looked_as(p_look uuid) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.title || ', ' || u.name from looks l join employments e on e.id = l.employment_id join units u on u.id = e.unit_id
   where l.id = p_look and l.thread_id = any (my_family_threads()) $$;
