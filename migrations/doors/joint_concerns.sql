-- THE DOORS: a notification that family and notifier write together. It is for the municipality when it is sent: no
-- invitation and no consent is asked for that, and the family has read all of it, and who comes, before.

-- The caseworker who comes into the family thread when a notification is sent there: whoever receives from the unit of
-- the case, else from the notifier's. Nobody: one sits there, or it is no family thread, or the only ones there are
-- belong to the family. For a member.
create function comes_by_sending(p_member uuid) returns table (employment uuid, name text, title text)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare b memberships; v_unit uuid; r record;
begin
  select m.* into b from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
   where m.id = p_member and m.person_id = me() and in_force(m);
  if b.id is null or exists (select 1 from memberships m where m.thread_id = b.thread_id and m.role = 'caseworker' and in_force(m))
  then return; end if;
  select coalesce(c.unit_id, e.unit_id) into v_unit from cases c left join employments e on e.id = b.employment_id
   where c.id = b.case_id;
  select * into r from caseworker_for(v_unit);
  if is_of_family(b.case_id, r.person_id) then select * into r from caseworker_for(v_unit, r.person_id); end if;
  if r.employment_id is not null and not is_of_family(b.case_id, r.person_id) then
    return query select r.employment_id, r.name, r.title;
  end if;
end $$;

-- Whether somebody sits in a case as anything but by work.
create function is_of_family(p_case uuid, p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from memberships m where m.case_id = p_case and m.person_id = p_person and m.ended_at is null
                    and m.role not in ('caseworker', 'on_duty', 'professional')) $$;

-- Before a notification is sent: hold the thread, so that nobody writes meanwhile, and let the caseworker p_to sit down,
-- who has the ball from then on. She reads from where the notification was begun; from the beginning, if the case has
-- been the municipality's before. Null: done, or one sat there. Else why not. RD409: the circle is another; RD423: the
-- thread is closed.
create function bring_caseworker(p_member uuid, p_concern uuid, p_to uuid, p_circle bigint) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare b memberships; t threads; k record; v_place memberships; v_from bigint;
begin
  select * into b from memberships m where m.id = p_member and m.person_id = me();
  -- Held as whoever ends places holds them, then the thread.
  perform 1 from memberships m where m.thread_id = b.thread_id and m.ended_at is null order by m.id for no key update;
  select * into t from threads x where x.id = b.thread_id for update;
  perform 1 from memberships m where m.id = b.id and in_force(m) and m.role = 'professional';
  if not found then raise exception using errcode = 'RD404', message = 'not a member'; end if;
  if p_circle is not null and t.circle_seq <> p_circle then
    raise exception using errcode = 'RD409', message = 'circle changed'; end if;
  -- Asked here, too: whoever takes a case over may come to a closed thread (append_event), and nobody takes this one over.
  if exists (select 1 from closures c where c.thread_id = t.id and c.reopened_at is null) then
    raise exception using errcode = 'RD423', message = 'thread closed'; end if;
  perform enqueue('mail:send_news', jsonb_build_object('person', m.person_id)) from memberships m
    where m.thread_id = t.id and m.role = 'caseworker' and in_force(m);
  if found then return null; end if;
  select * into k from comes_by_sending(b.id);
  if k.employment is null then return 'no_caseworker'; end if;
  if k.employment is distinct from p_to then return 'other_caseworker'; end if;
  select case when exists (select 1 from stages s where s.thread_id = t.id) then 0 else j.seq - 1 end into v_from
    from joint_concerns j where j.thread_id = t.id and j.id = p_concern;
  v_place := seat_caseworker(p_to, array[t.id], t.id);
  update memberships m set history_from = v_from where m.id = v_place.id;
  update cases c set unit_id = e.unit_id from employments e where c.id = t.case_id and e.id = p_to;
  perform give_ball(v_place, null);
  perform enqueue('mail:send_news', jsonb_build_object('person', v_place.person_id));
  return null;
end $$;

-- The steps of the case that a notification stands in, without their words, for whoever has just sent it and may see no
-- more than the last of them: what it becomes, and until when, hangs on all of them.
create function way_before(p_sending uuid)
  returns table (id uuid, step text, happened_at timestamptz, about uuid, outcome text, track text, grounds text[],
                 new_eyes boolean, due_at timestamptz, plan_due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.step, s.happened_at, s.about, s.outcome, s.track, s.grounds, s.new_eyes, s.due_at, s.plan_due_at
    from joint_steps j join stages s on s.thread_id = j.thread_id
   where j.id = p_sending and j.step = 'sent' and j.person_id = me() and j.thread_id = any (my_threads())
     and not exists (select 1 from stages x where x.thread_id = j.thread_id and x.id = j.id)
   order by s.seq $$;
