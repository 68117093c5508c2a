-- THE DOORS: the ball. One person has it in each case (cases.holder_id), and a deputy may stand in. Whatever moves it does
-- so under the row lock of the family thread, where it is told: there are never two holders, and never none. Locks are
-- taken as everywhere: places, then threads, in order.

-- Whether somebody still has a place in force in a thread.
create function sits_in(p_thread uuid, p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from memberships m where m.thread_id = p_thread and m.person_id = p_person and in_force(m)) $$;

-- The ball goes to this place of the family thread, whose row is locked. Told by the event that is given, else by its own.
create function give_ball(p_to memberships, p_seq bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_from uuid; v_seq bigint := coalesce(p_seq, append_event(p_to.thread_id, null, 'ball_passed', p_to.id, null));
begin
  select c.holder_id into v_from from cases c where c.id = p_to.case_id;
  update cases c set holder_id = p_to.person_id, deputy_id = nullif(c.deputy_id, p_to.person_id) where c.id = p_to.case_id;
  insert into ball_passes (thread_id, seq, from_person, to_person) values (p_to.thread_id, v_seq, v_from, p_to.person_id);
end $$;

-- A place in a family thread has ended, by whatever way. Whoever had the ball by it has it no longer: it goes to the
-- deputy, else to the caseworker who has been there longest. With nobody there it stays where it was, which everybody is
-- shown as nobody's, and the leaders of the unit are written to. A trigger, because places end in many ways.
create function ball_of_ended_place() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c cases; v_next memberships;
begin
  if not exists (select 1 from threads t where t.id = new.thread_id and t.kind = 'family') then return null; end if;
  perform 1 from threads t where t.id = new.thread_id for update;
  select * into c from cases x where x.id = new.case_id;
  if new.person_id not in (c.holder_id, coalesce(c.deputy_id, c.holder_id)) or sits_in(new.thread_id, new.person_id) then
    return null;
  end if;
  if new.person_id = c.deputy_id then
    update cases x set deputy_id = null where x.id = c.id;
    return null;
  end if;
  select * into v_next from memberships m where m.thread_id = new.thread_id and m.role = 'caseworker' and in_force(m)
   order by (m.person_id = c.deputy_id) is true desc, m.starts_at, m.id limit 1;
  if v_next.id is not null then
    perform give_ball(v_next, null);
    perform enqueue('mail:send_news', jsonb_build_object('person', v_next.person_id));
  else
    perform enqueue('mail:send_news', jsonb_build_object('person', e.person_id)) from employments e
      where e.unit_id = c.unit_id and e.role = 'leader' and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date);
  end if;
  return null;
end $$;
create trigger ball_of_ended_place after update of ended_at on memberships for each row
  when (old.ended_at is null and new.ended_at is not null) execute function ball_of_ended_place();

-- Colleagues whom a case can be handed to, by whoever has its ball: caseworkers and leaders who work, today, in its unit,
-- once each, and to whom the family is not their own.
create function colleagues(p_member uuid) returns table (employment uuid, person uuid, name text, title text, deputy boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct on (p.name, p.id) e.id, p.id, p.name, e.title, (p.id = c.deputy_id) is true
    from memberships m join cases c on c.id = m.case_id and c.holder_id = m.person_id
    join threads t on t.id = m.thread_id and t.kind = 'family'
    join employments e on e.unit_id = coalesce(c.unit_id, custody_unit(m)) and e.role in ('caseworker', 'leader')
     and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)
    join persons p on p.id = e.person_id and p.id <> m.person_id
   where m.id = p_member and m.person_id = me() and m.role = 'caseworker' and in_force(m)
     and not exists (select 1 from memberships x where x.case_id = c.id and x.person_id = p.id
                        and x.role not in ('caseworker', 'on_duty', 'professional'))
   order by p.name, p.id, e.id $$;

-- Sit somebody down as caseworker in these threads of a case, from the beginning; whoever sits there as caseworker stays
-- as he is. The places that there are have been locked. Answers the place in p_family.
create function seat_caseworker(p_employment uuid, p_threads uuid[], p_family uuid) returns memberships
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare e record; t record; v_old memberships; v_new uuid; v_place memberships;
begin
  select x.id, x.person_id, x.title, p.name into e from employments x join persons p on p.id = x.person_id where x.id = p_employment;
  for t in select x.id, x.case_id from threads x where x.id = any (p_threads) order by x.id loop
    select * into v_old from memberships m where m.thread_id = t.id and m.person_id = e.person_id and m.ended_at is null;
    if v_old.id is null or v_old.role <> 'caseworker' or not in_force(v_old) then
      if v_old.id is not null then perform end_places(array[v_old.id], null); end if;
      v_new := gen_random_uuid();
      insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, employment_id)
      values (v_new, t.case_id, t.id, e.person_id, 'caseworker', e.name, e.title, e.id);
      perform append_event(t.id, v_new, 'member_joined', v_new, null);
    end if;
  end loop;
  select * into v_place from memberships m where m.thread_id = p_family and m.person_id = e.person_id and m.ended_at is null;
  return v_place;
end $$;

-- Where somebody sits as caseworker in a case; where he did since, if he sits there no longer.
create function desks_of(p_person uuid, p_case uuid, p_since timestamptz) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct m.thread_id), '{}') from memberships m where m.case_id = p_case and m.person_id = p_person
     and m.role = 'caseworker' and (m.ended_at is null or m.ended_at > p_since) $$;

-- Every place ends that somebody has as caseworker in a case.
create function end_desks(p_case uuid, p_person uuid, p_by uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform end_places(array(select m.id from memberships m where m.case_id = p_case and m.person_id = p_person
                              and m.role = 'caseworker' and m.ended_at is null), p_by);
end $$;

-- Propose to hand the case over. The reason is a message, which everybody in the family thread reads. Answers what became
-- of it: done, again (the same was proposed before), not_holder, waits (another one does), no_colleague.
create function propose_hand_over(p_member uuid, p_id uuid, p_employment uuid, p_stays boolean, p_reason text, p_due date, p_circle bigint)
  returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare b memberships; h hand_overs; k record; v_seq bigint;
begin
  select * into b from memberships m where m.id = p_member and m.person_id = me();
  select * into h from hand_overs x where x.thread_id = b.thread_id and x.id = p_id;
  if h.id is not null then
    if (h.from_person, h.to_employment, h.stays) is distinct from (me(), p_employment, p_stays) then
      raise exception using errcode = 'RD422', message = 'id reused'; end if;
    return 'again';
  end if;
  v_seq := record_event(b.thread_id, b.id, 'hand_over_proposed', p_id, null, p_circle);
  if not exists (select 1 from cases c join threads t on t.case_id = c.id and t.kind = 'family'
                  where t.id = b.thread_id and c.holder_id = me()) then return 'not_holder'; end if;
  if exists (select 1 from hand_overs x where x.thread_id = b.thread_id and hand_over_state(x) = 'waiting') then return 'waits'; end if;
  select * into k from colleagues(b.id) x where x.employment = p_employment;
  if k.person is null then return 'no_colleague'; end if;
  insert into hand_overs (thread_id, id, seq, from_person, to_person, to_employment, to_name, to_title, stays, due_on)
  values (b.thread_id, p_id, v_seq, me(), k.person, k.employment, k.name, k.title, p_stays, p_due);
  perform post_message(b.thread_id, b.id, p_id, p_reason, null);
  perform enqueue('mail:send_news', jsonb_build_object('person', k.person));
  return 'done';
end $$;

-- What a proposal is by now, to whoever may see it. One that nobody has answered is over when the ball went elsewhere.
create function hand_over_state(h hand_overs) returns text
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select a.outcome from hand_over_answers a where a.thread_id = h.thread_id and a.hand_over_id = h.id),
                  (select case when c.holder_id = h.from_person then 'waiting' else 'overtaken' end
                     from threads t join cases c on c.id = t.case_id where t.id = h.thread_id)) $$;

-- A proposal to me that waits, while I can still take it; and what of it I am shown before I have a place there.
create function hand_overs_to_me() returns setof hand_overs
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select h from hand_overs h join employments e on e.id = h.to_employment
   where h.to_person = me() and hand_over_state(h) = 'waiting'
     and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date) $$;

create function hand_overs_waiting() returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*) from hand_overs_to_me() $$;

-- A look at each of these cases, by somebody who has no place there yet.
create function read_hand_overs(p_reason text, p_at timestamptz)
  returns table (id uuid, child_name text, unit text, name text, capacity text, reason text, stays boolean, proposed_at timestamptz, due_on date)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare v_ids uuid[] := array(select h.id from hand_overs_to_me() h);
begin
  insert into looks (id, case_id, thread_id, person_id, employment_id, what, purpose, reason, at)
  select gen_random_uuid(), t.case_id, h.thread_id, me(), h.to_employment, 'list_hand_overs', 'duty', p_reason, p_at
    from hand_overs h join threads t on t.id = h.thread_id where h.to_person = me() and h.id = any (v_ids);
  return query
    select h.id, c.child_name, u.name, g.name, g.capacity, w.text, h.stays, h.proposed_at, h.due_on
      from hand_overs h join threads t on t.id = h.thread_id join cases c on c.id = t.case_id
      left join units u on u.id = c.unit_id
      join events e on e.thread_id = h.thread_id and e.seq = h.seq join memberships g on g.id = e.actor_id
      join messages w on w.thread_id = h.thread_id and w.id = h.id
     where h.to_person = me() and h.id = any (v_ids) order by h.due_on, h.proposed_at;
end $$;

-- The word on a proposal, once. p_introduction: I take the ball, and these are my first words to the family; null: no.
-- No row: not mine, or never was. `state` is what it was before: waiting, when this word counts.
create function answer_hand_over(p_id uuid, p_introduction text)
  returns table (state text, again boolean, case_id uuid, thread_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare h hand_overs; v_case uuid; v_place memberships; v_seq bigint; v_desks uuid[]; v_message uuid := gen_random_uuid(); v_leaves uuid;
begin
  select x.* into h from hand_overs x where x.id = p_id and x.to_person = me();
  if h.id is null then return; end if;
  select t.case_id into v_case from threads t where t.id = h.thread_id;
  -- Held as whoever ends places, or copies them into a further thread, holds them; then every thread that is told.
  perform 1 from memberships m where m.case_id = v_case and m.ended_at is null order by m.id for no key update;
  perform 1 from threads t where t.case_id = v_case order by t.id for update;
  state := hand_over_state(h); case_id := v_case; thread_id := h.thread_id;
  again := state = 'accepted' and p_introduction is not null or state = 'declined' and p_introduction is null;
  if state <> 'waiting' then return next; return; end if;
  if not exists (select 1 from hand_overs_to_me() x where x.thread_id = h.thread_id and x.id = h.id) then return; end if;
  if p_introduction is null then
    v_seq := append_event(h.thread_id, null, 'hand_over_declined', h.id, h.seq);
    insert into hand_over_answers (thread_id, hand_over_id, seq, person_id, outcome) values (h.thread_id, h.id, v_seq, me(), 'declined');
    perform enqueue('mail:send_news', jsonb_build_object('person', h.from_person));
    return next; return;
  end if;
  v_desks := desks_of(h.from_person, v_case, h.proposed_at);
  v_place := seat_caseworker(h.to_employment, v_desks || h.thread_id, h.thread_id);
  v_seq := append_event(h.thread_id, v_place.id, 'hand_over_accepted', h.id, h.seq);
  perform give_ball(v_place, v_seq);
  perform post_message(h.thread_id, v_place.id, v_message, p_introduction, null);
  insert into hand_over_answers (thread_id, hand_over_id, seq, person_id, outcome, message_id)
  values (h.thread_id, h.id, v_seq, me(), 'accepted', v_message);
  -- Whoever gave it leaves, or stays as deputy: then whoever was deputy leaves.
  v_leaves := case when h.stays then (select c.deputy_id from cases c where c.id = v_case) else h.from_person end;
  if h.stays and sits_in(h.thread_id, h.from_person) then
    update cases c set deputy_id = h.from_person where c.id = v_case;
  end if;
  perform end_desks(v_case, v_leaves, v_place.id);
  perform enqueue('mail:send_news', jsonb_build_object('person', told.person_id)) from (
    select distinct m.person_id from memberships m where m.thread_id = h.thread_id and in_force(m) and m.person_id <> me()
       and m.role in ('child', 'custody_holder', 'young_person')
    union select h.from_person) told;
  return next;
end $$;

-- Whoever proposed it takes it back while it waits. Answers what it was before; null: not one's own.
create function withdraw_hand_over(p_member uuid, p_id uuid) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare b memberships; h hand_overs; v_seq bigint; v_state text;
begin
  select * into b from memberships m where m.id = p_member and m.person_id = me() and in_force(m) for share;
  select * into h from hand_overs x where x.thread_id = b.thread_id and x.id = p_id and x.from_person = me();
  if h.id is null then return null; end if;
  perform 1 from threads t where t.id = h.thread_id for update;
  v_state := hand_over_state(h);
  if v_state <> 'waiting' then return v_state; end if;
  v_seq := record_event(h.thread_id, b.id, 'hand_over_withdrawn', h.id, h.seq, null);
  insert into hand_over_answers (thread_id, hand_over_id, seq, person_id, outcome) values (h.thread_id, h.id, v_seq, me(), 'withdrawn');
  return v_state;
end $$;
