-- THE DOORS: invitations. The mailed secret and the verified address are the right.

-- Nobody has settled it, its days are not over, and whoever proposed it may still invite.
create function invitation_open(i invitations) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (i.ends_on is null or i.ends_on >= (now() at time zone 'Europe/Copenhagen')::date)
     and not exists (select 1 from invitation_steps s where s.invitation_id = i.id
                       and s.step in ('accepted', 'refused', 'declined'))
     and (i.membership_id is not null or exists (select 1 from memberships m where m.id = i.proposed_by and in_force(m))) $$;

-- May be mailed, opened, accepted at this moment: the right to invite and every consent are asked again each time.
-- A giver whose place is paused has nothing to say meanwhile: somebody else may hold that login.
create function invitation_stands(i invitations) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return invitation_open(i) and not invitation_held(i) and (i.membership_id is not null or
    coalesce(consented_until(i, now()) >= (now() at time zone 'Europe/Copenhagen')::date, false)
    and not exists (select 1 from givers(i, now()) g join memberships m on m.id = g.id where m.paused_at is not null));
end $$;

-- What a token opens, for the person it was meant for and nobody else. Locked first, asked then: so it is spent once,
-- and a consent that is being taken back is waited for; so is the end of whoever invited or agreed. Places come first,
-- then invitations, then threads, wherever more than one is held. What was mailed to somebody at work is worth nothing
-- when that work has ended since, and no other is left.
create function usable_invitation(p_hash bytea, p_email text) returns invitations
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations; today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  perform 1 from memberships m where m.id in (
    select x.proposed_by from invitation_tokens t join invitations x on x.id = t.invitation_id where t.token_hash = p_hash
    union select c.giver_id from invitation_tokens t join consents c on c.invitation_id = t.invitation_id
     where t.token_hash = p_hash and c.withdrawn_at is null) order by m.id for share of m;
  perform 1 from invitation_tokens t join invitations x on x.id = t.invitation_id
   where t.token_hash = p_hash for update of t, x;
  select x.* into i from invitation_tokens t join invitations x on x.id = t.invitation_id
   where t.token_hash = p_hash and t.spent_at is null and t.expires_at > now() and lower(x.email) = lower(p_email)
     and invitation_stands(x) and not was_here(x)
     and not (x.role = 'professional'
       and exists (select 1 from employments e where e.person_id = me() and e.ended_on < today
                      and e.ended_on >= (x.proposed_at at time zone 'Europe/Copenhagen')::date - 1)
       and not exists (select 1 from employments e where e.person_id = me() and (e.ended_on is null or e.ended_on >= today)))
     and not exists (select 1 from closures c where c.thread_id = x.thread_id and c.reopened_at is null);
  return i;
end $$;

-- Whoever was in and is out again comes back by a new invitation only.
create function was_here(i invitations) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from memberships m where m.thread_id = i.thread_id and m.person_id = me()
                    and m.ended_at > i.proposed_at) $$;

-- A step that no member takes, and the event that refreshes the thread's pages. A family member's welcome leaves no
-- event: it would tell the others who had never been here before.
create function guest_step(i invitations, p_step text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into invitation_steps (invitation_id, step, thread_id) values (i.id, p_step, i.thread_id) on conflict do nothing;
  if found then perform guest_event(i, p_step); end if;
end $$;

create function guest_event(i invitations, p_what text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if i.membership_id is null then
    perform append_event(i.thread_id, null, 'invitation_' || p_what, i.id,
      (select e.seq from events e where e.thread_id = i.thread_id and e.object_id = i.id order by e.seq limit 1));
  end if;
end $$;

create function open_invitation(p_hash bytea, p_email text) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations;
begin
  i := usable_invitation(p_hash, p_email);
  if i.id is null then perform claim_invitation(p_hash, p_email); return null; end if;
  perform guest_step(i, 'opened');
  return (select jsonb_build_object('child_name', c.child_name, 'name', i.name, 'capacity', i.capacity, 'purpose', i.purpose,
      'kinds', i.kinds, 'ends_on', i.ends_on, 'history', i.history, 'welcome', i.membership_id is not null,
      'inviter', jsonb_build_object('name', p.name, 'capacity', p.capacity),
      'steps', (select jsonb_agg(jsonb_build_object('step', s.step, 'at', s.at, 'by', m.name) order by s.at, s.step)
                  from invitation_steps s left join memberships m on m.id = s.by_id where s.invitation_id = i.id),
      'people', (select jsonb_agg(jsonb_build_object('name', m.name, 'capacity', m.capacity) order by m.starts_at, m.id)
                   from memberships m where m.thread_id = i.thread_id and m.id is distinct from i.membership_id
                    and in_force(m)))
    from cases c, memberships p where c.id = i.case_id and p.id = i.proposed_by);
end $$;

-- Accept: the caller gets the place, exactly once. A welcome hands over the places that waited in this case.
create function redeem_invitation(p_hash bytea, p_email text)
  returns table (case_id uuid, thread_id uuid, welcome boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations; v_waiting uuid; v_place uuid; today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  i := usable_invitation(p_hash, p_email);
  if i.id is null then perform claim_invitation(p_hash, p_email); return; end if;
  if me() is null then return; end if;
  -- A place whose last day has passed is over; one in force, or paused, means that there is nothing to accept.
  update memberships m set ended_at = now(), end_reason = 'expired' where m.thread_id = i.thread_id
     and m.person_id = me() and m.ended_at is null and (m.ends_on < today or m.ends_at <= now());
  if exists (select 1 from memberships m where m.thread_id = i.thread_id and m.person_id = me() and m.ended_at is null)
  then return; end if;
  if i.membership_id is not null then
    -- A place waits while its person has no way to log in. Anybody else's is not handed to whoever holds a link.
    select m.person_id into v_waiting from memberships m where m.id = i.membership_id and m.ended_at is null
       and not exists (select 1 from identities x where x.person_id = m.person_id);
    if v_waiting is null then return; end if;
    update memberships m set person_id = me() where m.person_id = v_waiting and m.case_id = i.case_id
       and m.ended_at is null and not exists (
       select 1 from memberships o where o.thread_id = m.thread_id and o.person_id = me() and o.ended_at is null);
  else
    insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, history_from, ends_on, employment_id)
    select gen_random_uuid(), i.case_id, i.thread_id, me(), i.role, p.name, i.capacity,
           case when i.history then 0 else t.last_seq end, least(i.ends_on, consented_until(i, now())), held_through(i)
      from persons p, threads t where p.id = me() and t.id = i.thread_id returning id into v_place;
    update invitations set place_id = v_place where id = i.id;
  end if;
  -- Every link to this address in this thread is spent with it.
  update invitation_tokens t set spent_at = now() from invitations x
   where x.id = t.invitation_id and x.thread_id = i.thread_id and lower(x.email) = lower(i.email) and t.spent_at is null;
  insert into invitation_steps (invitation_id, step, thread_id) values (i.id, 'accepted', i.thread_id);
  return query select i.case_id, i.thread_id, i.membership_id is not null;
end $$;

-- The one work that a professional comes from, if it is clear which: the place ends with it. Held, so that work which is
-- ending at this moment has ended, or ends this place too.
create function held_through(i invitations) returns uuid
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with work as (select e.id from employments e where e.person_id = me()
                   and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date) for share)
  select case when count(*) = 1 and i.role = 'professional' then (array_agg(w.id))[1] end from work w $$;

create function refuse_invitation(p_hash bytea, p_email text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations;
begin
  i := usable_invitation(p_hash, p_email);
  if i.id is null then return false; end if;
  update invitation_tokens t set spent_at = now() where t.invitation_id = i.id and t.spent_at is null;
  perform guest_step(i, 'refused');
  return true;
end $$;
