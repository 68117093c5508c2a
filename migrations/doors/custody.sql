-- THE DOORS: custody. Taken away by the caseworker, at once and everywhere in the case; given by two people of the unit,
-- from now on. What the rules are is asked here, not only in Python.

-- The caseworker's place in the family thread, if it is the caller's.
create function custody_desk(p_member uuid) returns memberships
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
   where m.id = p_member and m.person_id = me() and m.role = 'caseworker' and in_force(m) $$;

-- The unit that decides: where the caseworker works as one.
create function custody_unit(p_place memberships) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.unit_id from employments e
   where e.person_id = p_place.person_id and e.role in ('caseworker', 'leader')
     and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)
   order by e.id = p_place.employment_id desc nulls last, e.id limit 1 $$;

-- A thread without anybody of the family is closed: nothing is written about a family behind its back.
create function close_without_family(p_thread uuid, p_by uuid, p_reason text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_closure uuid := gen_random_uuid();
begin
  if exists (select 1 from memberships m where m.thread_id = p_thread and in_force(m)
                and m.role in ('child', 'custody_holder', 'young_person'))
     or exists (select 1 from closures c where c.thread_id = p_thread and c.reopened_at is null) then return; end if;
  insert into closures (id, thread_id, reason, closed_by) values (v_closure, p_thread, p_reason, p_by);
  perform append_event(p_thread, (select b.id from memberships b where b.id = p_by and b.thread_id = p_thread),
                       'thread_closed', v_closure, null);
end $$;

-- Everything that somebody has by custody in this case ends: the places, the consents given and what stands on them,
-- the invitations proposed, private facts shown to and by that person. Null: no such place, or no right.
create function end_custody(p_member uuid, p_place uuid, p_id uuid, p_basis text, p_reason text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_desk memberships := custody_desk(p_member); v_unit uuid := custody_unit(v_desk); h memberships; v_places uuid[];
        v_thread uuid; i invitations;
begin
  select * into h from memberships m where m.id = p_place and m.case_id = v_desk.case_id and m.role = 'custody_holder'
     and m.ended_at is null and m.thread_id in (select x.thread_id from memberships x where x.person_id = me() and in_force(x));
  if h.id is null or v_unit is null then return null; end if;
  -- Locked before it is asked which places there are: a thread that is being opened, and a guest who is accepting, hold
  -- them too. What stands on the consents is locked with them, and all of it before the threads are.
  perform 1 from memberships x where x.case_id = h.case_id and x.ended_at is null order by x.id for no key update;
  select array_agg(m.id) into v_places from memberships m
   where m.case_id = h.case_id and m.person_id = h.person_id and m.role = 'custody_holder' and m.ended_at is null;
  if v_places is null then return null; end if;
  perform end_places(v_places, v_desk.id);
  update consents c set withdrawn_at = now(), withdrawn_by = v_desk.id where c.giver_id = any (v_places) and c.withdrawn_at is null;
  update fact_grants g set ended_at = now() where g.ended_at is null and (g.membership_id = any (v_places)
     or exists (select 1 from private_facts f where f.id = g.fact_id and f.case_id = h.case_id and f.owner_id = h.person_id));
  for i in select x.* from invitations x where x.proposed_by = any (v_places) and not exists (
             select 1 from invitation_steps s where s.invitation_id = x.id and s.step in ('accepted', 'refused', 'declined'))
            order by x.thread_id, x.id loop
    insert into invitation_steps (invitation_id, step, thread_id, by_id) values (i.id, 'declined', i.thread_id, v_desk.id);
  end loop;
  update invitation_tokens t set spent_at = now() from invitations x
   where x.id = t.invitation_id and x.proposed_by = any (v_places) and t.spent_at is null;
  -- The family thread is told why; other threads only that somebody has left.
  perform append_event(m.thread_id, v_desk.id, 'custody_changed', m.id, null) from memberships m
    where m.id = any (v_places) and m.thread_id = v_desk.thread_id;
  for v_thread in select distinct m.thread_id from memberships m where m.id = any (v_places) order by 1 loop
    perform end_unconsented(v_thread);
    perform close_without_family(v_thread, v_desk.id, p_reason);
  end loop;
  insert into custody_changes (id, case_id, thread_id, unit_id, change, membership_id, basis, asked_by, settled_by, settled_at, outcome)
  values (p_id, h.case_id, v_desk.thread_id, v_unit, 'ended', h.id, p_basis, me(), me(), now(), 'approved');
  return p_id;
end $$;

-- Ask that somebody gets custody. Nothing happens until a second person has said yes. Null: no right.
create function ask_for_custody(p_member uuid, p_id uuid, p_name text, p_email text, p_capacity text, p_basis text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_desk memberships := custody_desk(p_member); v_unit uuid := custody_unit(v_desk);
begin
  if v_unit is null then return null; end if;
  insert into custody_changes (id, case_id, thread_id, unit_id, change, name, email, capacity, basis, asked_by)
  values (p_id, v_desk.case_id, v_desk.thread_id, v_unit, 'granted', p_name, p_email, p_capacity, p_basis, me());
  return p_id;
end $$;

-- Whether the caller can be the second person: works in that unit, did not ask, has no place in the case, was never in
-- it but by work, and is not the one who is to get custody.
create function second_person(c custody_changes) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.change = 'granted' and c.asked_by <> me() and c.unit_id = any (my_units('caseworker', 'leader'))
     and not exists (select 1 from memberships m where m.case_id = c.case_id and m.person_id = me()
                        and (m.ended_at is null or m.role not in ('caseworker', 'on_duty', 'professional')))
     and not exists (select 1 from identities i where i.person_id = me() and lower(i.email) = lower(c.email)) $$;

-- How many wait for the caller.
create function custody_waiting() returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*) from custody_changes c
   where c.unit_id = any (my_units('caseworker', 'leader')) and c.settled_at is null and second_person(c) $$;

-- And which they are: a look at each of these cases, by somebody who has no place there.
create function read_custody_waiting(p_reason text, p_at timestamptz)
  returns table (id uuid, child_name text, name text, email text, capacity text, basis text, asked_by text, asked_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare v_changes uuid[];
begin
  v_changes := array(select c.id from custody_changes c where c.unit_id = any (my_units('caseworker', 'leader'))
                        and c.settled_at is null and second_person(c));
  insert into looks (id, case_id, thread_id, person_id, employment_id, what, purpose, reason, at)
  select gen_random_uuid(), c.case_id, c.thread_id, me(),
         (select e.id from employments e where e.person_id = me() and e.unit_id = c.unit_id
             and e.role in ('caseworker', 'leader')
             and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date) order by e.id limit 1),
         'list_waiting_custody_changes', 'duty', p_reason, p_at
    from custody_changes c where c.id = any (v_changes);
  return query select c.id, k.child_name, c.name, c.email, c.capacity, c.basis, p.name, c.asked_at
    from custody_changes c join cases k on k.id = c.case_id join persons p on p.id = c.asked_by
   where c.id = any (v_changes) order by c.asked_at;
end $$;

-- The second person's answer, once. Approved: a place in the family thread from now on, and nothing older; what somebody
-- could read there before in another role stays readable. No row: not for the caller, or not any more. `person` or
-- `invitation`: to whom a mail goes, by whether the address is known; the caller is not told which.
create function settle_custody(p_id uuid, p_approved boolean)
  returns table (settled boolean, person uuid, invitation uuid)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c custody_changes; t threads; v_desk uuid; v_old memberships; v_new uuid := gen_random_uuid(); v_from bigint; f record;
        v_strangers uuid[] := '{}';
begin
  select * into c from custody_changes x where x.id = p_id for update;
  if c.id is null or not second_person(c) then return; end if;
  if c.settled_at is not null then return query select false, null::uuid, null::uuid; return; end if;
  update custody_changes x set settled_by = me(), settled_at = now(), outcome = case when p_approved then 'approved' else 'refused' end
   where x.id = c.id;
  if not p_approved then return query select true, null::uuid, null::uuid; return; end if;
  select m.id into v_desk from memberships m where m.thread_id = c.thread_id and m.role = 'caseworker' and in_force(m)
   order by m.person_id = c.asked_by desc, m.starts_at limit 1;
  if v_desk is null then raise exception using errcode = 'RD404', message = 'no caseworker'; end if;
  -- While the risk is assessed, and for whom the assessment names, the place waits as for an address nobody knows.
  if invitation_held(jsonb_populate_record(null::invitations, jsonb_build_object('case_id', c.case_id, 'email', c.email))) then
    v_strangers := array(select i.person_id from identities i where lower(i.email) = lower(c.email) and not exists (
      select 1 from memberships m where m.thread_id = c.thread_id and m.person_id = i.person_id and m.ended_at is null));
  end if;
  select * into f from family_person(c.name, c.email, v_strangers);
  select * into v_old from memberships m where m.thread_id = c.thread_id and m.person_id = f.person_id and m.ended_at is null;
  if v_old.id is not null and v_old.role = 'custody_holder' and in_force(v_old) then return query select true, null::uuid, null::uuid; return; end if;
  if v_old.id is not null then perform end_places(array[v_old.id], v_desk); end if;
  select * into t from threads x where x.id = c.thread_id for update;
  v_from := case when v_old.id is not null and in_force(v_old) then v_old.history_from else t.last_seq end;
  insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, history_from)
  values (v_new, c.case_id, c.thread_id, f.person_id, 'custody_holder', c.name, c.capacity, v_from);
  perform append_event(c.thread_id, v_new, 'member_joined', v_new, null);
  perform append_event(c.thread_id, v_desk, 'custody_changed', v_new, null);
  if f.known then return query select true, f.person_id, null::uuid; return; end if;
  invitation := gen_random_uuid();
  insert into invitations (id, case_id, thread_id, proposed_by, membership_id, name, email, capacity, role, purpose, history)
  values (invitation, c.case_id, c.thread_id, v_desk, v_new, c.name, c.email, c.capacity, 'custody_holder', t.purpose, false);
  insert into invitation_steps (invitation_id, step, thread_id, by_id) values (invitation, 'proposed', c.thread_id, v_desk);
  return query select true, null::uuid, invitation;
end $$;
