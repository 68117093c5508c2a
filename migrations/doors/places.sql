-- THE DOORS: places that change by other means than leaving. Pausing, the end of employment, and a child's birthdays.

-- Pause a guest's place, or resume it. The caseworker also freezes a child's, when somebody else may be using its login:
-- that is the child's places in all threads of the case. Null: no right over such a place, or it is so already.
create function pause_place(p_by uuid, p_place uuid, p_paused boolean) returns timestamptz
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare b memberships; m memberships; o memberships;
begin
  select * into m from memberships x where x.id = p_place and x.ended_at is null and (x.ends_at is null or x.ends_at > now())
     and (x.ends_on is null or x.ends_on >= (now() at time zone 'Europe/Copenhagen')::date) for no key update;
  select * into b from memberships x where x.id = p_by and x.person_id = me() and x.thread_id = m.thread_id and in_force(x);
  if b.id is null or b.id = m.id or (m.paused_at is null) <> p_paused or not (
       b.role in ('caseworker', 'custody_holder') and m.role in ('foster_parent', 'interpreter', 'parent', 'professional',
                                                                 'relative', 'support_person', 'volunteer')
       or b.role = 'caseworker' and m.role in ('child', 'young_person')) then return null; end if;
  for o in select * from memberships x where x.ended_at is null and (x.paused_at is null) = p_paused and (x.id = m.id
              or m.role in ('child', 'young_person') and x.case_id = m.case_id and x.person_id = m.person_id and x.role = m.role)
            order by x.id for no key update loop
    update memberships set paused_at = case when p_paused then now() end, paused_by = case when p_paused then p_by end
     where id = o.id;
    if o.id <> m.id then
      perform append_event(o.thread_id, (select c.id from memberships c where c.thread_id = o.thread_id and c.person_id = me()
                                            and in_force(c)), case when p_paused then 'member_paused' else 'member_resumed' end,
                           o.id, null);
    end if;
  end loop;
  return now();
end $$;

-- End these places now, in every thread, and tell each thread. Locked first and in order: whoever is writing there
-- holds the own place before the thread, and two endings at once must not wait for each other.
create function end_places(p_places uuid[], p_by uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare m memberships;
begin
  perform 1 from memberships x where x.id = any (p_places) order by x.id for no key update;
  for m in select * from memberships x where x.id = any (p_places) and x.ended_at is null order by x.thread_id, x.id loop
    update memberships set ended_at = clock_timestamp(), ended_by = p_by where id = m.id;
    perform append_event(m.thread_id, (select b.id from memberships b join memberships o on o.person_id = b.person_id
                                        where o.id = p_by and b.thread_id = m.thread_id and in_force(b)),
                         'member_left', m.id, null);
  end loop;
end $$;

-- Employment ends, at once (no day) or after a last day; and so does every place that is held through it. At once, the
-- sessions at that provider end too, when no other work is left. Answers how many places. Not for any role of the app.
create function end_employment(p_employment uuid, p_last date, p_issuer text) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare e employments; v_today date := (now() at time zone 'Europe/Copenhagen')::date; v_places uuid[]; s uuid;
begin
  update employments set ended_on = coalesce(p_last, v_today - 1) where id = p_employment returning * into e;
  -- Held before it is asked which they are: a thread that is being opened copies places that it holds.
  perform 1 from memberships m where m.person_id = e.person_id and m.ended_at is null order by m.id for no key update;
  -- A place from before places were held through a workplace belongs to the work that is left last.
  select coalesce(array_agg(m.id), '{}') into v_places from memberships m
   where m.person_id = e.person_id and m.ended_at is null and (m.employment_id = e.id
     or m.employment_id is null and m.role in ('caseworker', 'on_duty', 'professional') and not exists (
        select 1 from employments o where o.person_id = e.person_id and (o.ended_on is null or o.ended_on > e.ended_on)));
  if p_last >= v_today then
    update memberships set ends_on = least(ends_on, p_last) where id = any (v_places);
    return cardinality(v_places);
  end if;
  perform end_places(v_places, null);
  if not exists (select 1 from employments o where o.person_id = e.person_id and (o.ended_on is null or o.ended_on >= v_today))
  then
    for s in update sessions x set ended_at = now() where x.person_id = e.person_id and x.issuer = p_issuer
                and x.ended_at is null returning x.id loop
      perform pg_notify('rundtom_live', 'session ' || s);
    end loop;
  end if;
  return cardinality(v_places);
end $$;

-- A line about the child's birthday, once in a thread. The case stands for the child.
create function tell_birthday(p_thread uuid, p_case uuid, p_kind text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select 1 from events e where e.thread_id = p_thread and e.kind = p_kind and e.object_id = p_case) then
    perform append_event(p_thread, null, p_kind, p_case, null);
  end if;
end $$;

-- What a birthday changes (Danish days), caught up however late the worker is, and never twice. At ten the child is a
-- party to the listed decisions; at thirteen it may log in, so the link goes out; at fifteen it decides beside its
-- parents. Nothing is told of a birthday from before the dialogue.
create function birthdays() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare r record; v_invitation uuid; v_today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  for r in
    select c.id as case_id, t.id as thread_id from cases c join threads t on t.case_id = c.id and t.kind = 'family'
     where extract(year from age(v_today, c.child_born)) between 10 and 14
       and extract(year from age((c.opened_at at time zone 'Europe/Copenhagen')::date, c.child_born)) < 10
       and not exists (select 1 from events e where e.thread_id = t.id and e.kind = 'child_turned_10')
  loop
    perform tell_birthday(r.thread_id, r.case_id, 'child_turned_10');
  end loop;
  for r in
    select m.*, p.email, t.purpose, (select b.id from memberships b where b.thread_id = m.thread_id and in_force(b)
                             and b.role in ('caseworker', 'custody_holder') order by b.role, b.starts_at limit 1) as sender
      from memberships m join cases c on c.id = m.case_id join persons p on p.id = m.person_id
      join threads t on t.id = m.thread_id and t.kind = 'family'
     where m.role = 'child' and m.ended_at is null and p.email is not null
       and extract(year from age(v_today, c.child_born)) >= 13
       and not exists (select 1 from identities i where i.person_id = m.person_id)
       and not exists (select 1 from invitations i where i.membership_id = m.id)
     for no key update of m
  loop
    if r.sender is not null then
      v_invitation := gen_random_uuid();
      insert into invitations (id, case_id, thread_id, proposed_by, membership_id, name, email, capacity, role, purpose, history)
      values (v_invitation, r.case_id, r.thread_id, r.sender, r.id, r.name, r.email, r.capacity, r.role, r.purpose, true);
      insert into invitation_steps (invitation_id, step, thread_id, by_id) values (v_invitation, 'proposed', r.thread_id, r.sender);
      perform enqueue('mail:send_invitation', jsonb_build_object('invitation', v_invitation));
    end if;
  end loop;
  for r in
    select distinct m.case_id, m.thread_id from memberships m join cases c on c.id = m.case_id
     where m.role = 'child' and m.ended_at is null and extract(year from age(v_today, c.child_born)) >= 15
     order by 2
  loop
    update memberships set role = 'young_person' where thread_id = r.thread_id and role = 'child' and ended_at is null;
    update invitations set role = 'young_person' where thread_id = r.thread_id and role = 'child';
    perform tell_birthday(r.thread_id, r.case_id, 'child_turned_15');
  end loop;
end $$;

-- A child too young to log in: the place waits for its thirteenth birthday, whoever has verified that address.
create function waiting_person(p_name text, p_email text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_person uuid;
begin
  insert into persons (id, name, email) values (gen_random_uuid(), p_name, p_email) returning id into v_person;
  return v_person;
end $$;
