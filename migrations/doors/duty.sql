-- THE DOORS: access in the course of duty, to a case that one is not on.

-- For the caseworkers and leaders of the department that has the case, who know the child by name and birthday: a place
-- to read from for three hours, wherever a caseworker has one. The threads, the family and the leaders are told at once.
-- Nothing comes back for a wrong name, a wrong day, another department's case, an employment that is not one's own, and
-- a case that one was in as anything but staff.
-- RD410: one has, or had frozen, a place there already.
create function open_duty_access(p_child text, p_born date, p_employment uuid, p_reason text)
  returns table (id uuid, case_id uuid, thread_id uuid, ends_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare v_job record; v_case uuid; v_id uuid := gen_random_uuid(); v_ends timestamptz := now() + interval '3 hours'; v_place record;
begin
  select e.id, e.unit_id, e.title, p.name into v_job from employments e join persons p on p.id = e.person_id
   where e.id = p_employment and e.person_id = me() and e.role in ('caseworker', 'leader')
     and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date);
  select c.id into v_case from cases c
   where lower(btrim(c.child_name)) = lower(btrim(p_child)) and c.child_born = p_born and c.unit_id = v_job.unit_id
     and exists (select 1 from memberships m where m.case_id = c.id and m.role = 'caseworker' and in_force(m))
     -- Nobody comes back on duty to a case that was the own family's.
     and not exists (select 1 from memberships m where m.case_id = c.id and m.person_id = me() and not in_force(m)
                        and m.paused_at is null and m.role not in ('caseworker', 'on_duty', 'professional'))
   order by (select max(t.last_at) from threads t where t.case_id = c.id) desc limit 1;
  if v_case is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(v_case::text || me()::text, 0)); -- two taps on the button
  if exists (select 1 from memberships m where m.case_id = v_case and m.person_id = me() and m.ended_at is null
                and (m.paused_at is not null or in_force(m))) then
    raise exception using errcode = 'RD410', message = 'in the case already';
  end if;
  update memberships m set ended_at = now() where m.case_id = v_case and m.person_id = me() and m.ended_at is null;
  insert into duty_accesses (id, case_id, unit_id, person_id, employment_id, name, title, reason, ends_at)
  values (v_id, v_case, v_job.unit_id, me(), v_job.id, v_job.name, v_job.title, p_reason, v_ends);
  for v_place in
    insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, employment_id, ends_at)
    select gen_random_uuid(), v_case, t.id, me(), 'on_duty', v_job.name, v_job.title, v_job.id, v_ends
      from threads t where t.case_id = v_case and exists (
           select 1 from memberships m where m.thread_id = t.id and m.role = 'caseworker' and in_force(m))
     order by t.id
    returning memberships.id, memberships.thread_id
  loop
    perform append_event(v_place.thread_id, v_place.id, 'member_joined', v_place.id, null);
  end loop;
  perform enqueue_at('clock:end_duty_places', v_ends);
  perform enqueue('mail:send_news', jsonb_build_object('person', told.person_id)) from (
    select m.person_id from memberships m where m.case_id = v_case and in_force(m)
       and m.role in ('child', 'custody_holder', 'young_person')
       and exists (select 1 from memberships d where d.thread_id = m.thread_id and d.person_id = me() and in_force(d))
    union
    select e.person_id from employments e where e.unit_id = v_job.unit_id and e.role = 'leader' and e.person_id <> me()
       and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)) told;
  return query select v_id, v_case, t.id, v_ends from threads t
    join memberships m on m.thread_id = t.id and m.person_id = me() and in_force(m)
   where t.case_id = v_case order by t.kind <> 'family', t.opened_at limit 1;
end $$;

create function enqueue_at(p_task text, p_at timestamptz) returns void
  language sql security definer set search_path = jobs, pg_catalog, pg_temp as $$
  select procrastinate_defer_jobs_v1(array[row('clock', p_task, 0, null, null, '{}', p_at)::procrastinate_job_to_defer_v1]) $$;

-- A leader of the unit has looked at it; one's own is somebody else's to look at. False: no such access, or seen before.
create function sight_duty_access(p_access uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update duty_accesses d set seen_at = now(), seen_by = me()
   where d.id = p_access and d.seen_at is null and d.person_id <> me() and d.unit_id = any (my_units('leader'));
  return found;
end $$;

-- Access has ended on the second (in_force); this ends the place as well, so that the pages of the others follow.
create function end_duty_places() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform end_places(array(select m.id from memberships m where m.role = 'on_duty' and m.ended_at is null
                              and m.ends_at <= now()), null);
end $$;

-- Why somebody on duty is in a thread, for the family in it, also before the first look.
create function reason_on_duty(p_place uuid) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.reason from memberships m join duty_accesses d on d.case_id = m.case_id and d.person_id = m.person_id
   where m.id = p_place and m.role = 'on_duty' and m.thread_id = any (my_family_threads())
     and d.opened_at <= m.starts_at order by d.opened_at desc limit 1 $$;
