-- THE DOORS: consents. Access exists only while everybody who must agree has agreed (security 3.6): the rule stands
-- here, once, and is asked at opening, at acceptance, at each withdrawal and every hour.

-- Whose consent an invitation takes, as it stood at p_at, with the last day that each of them has agreed to. Custody
-- holders; the young person of 15 too, and alone where nobody with custody is in the thread. Who comes to decide later
-- (custody, a fifteenth birthday) is asked at the next renewal and ends nothing by that. It runs as its caller.
create function givers(i invitations, p_at timestamptz) returns table (id uuid, role text, until date)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.id, m.role, (select max(c.until) from consents c
                         where c.invitation_id = i.id and c.giver_id = m.id and c.withdrawn_at is null)
    from memberships m join cases k on k.id = m.case_id
   where m.thread_id = i.thread_id and m.ended_at is null
     and (m.starts_at <= p_at
          or exists (select 1 from consents c where c.invitation_id = i.id and c.giver_id = m.id))
     and (m.role = 'custody_holder'
          or m.role = 'young_person'
         and (k.child_born is null or k.child_born + interval '15 years' <= p_at at time zone 'Europe/Copenhagen'
              or exists (select 1 from consents c where c.invitation_id = i.id and c.giver_id = m.id))
         and (i.young_person or not exists (select 1 from memberships h where h.thread_id = i.thread_id
                                              and h.role = 'custody_holder' and h.ended_at is null))) $$;

-- The last day on which the set is complete; null: somebody has not agreed at all.
create function consented_until(i invitations, p_at timestamptz) returns date
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with each_role as (
    select g.role, case when g.role = 'custody_holder' and not i.every_holder then max(g.until)
                        when count(*) = count(g.until) then min(g.until) end as until
      from givers(i, p_at) g group by g.role)
  select case when count(*) = count(until) then min(until) end from each_role $$;

-- Whose consent is missing: today, or to a renewal that somebody has begun (p_until: the place's last day).
create function waits_for(i invitations, p_until date) returns uuid[]
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(g.id order by g.role, g.id), '{}') from givers(i, now()) g
   where coalesce(g.until, '-infinity') <= coalesce(p_until, (now() at time zone 'Europe/Copenhagen')::date - 1)
     and (p_until is null or exists (select 1 from givers(i, now()) o where o.until > p_until))
     and (i.every_holder or g.role <> 'custody_holder' or not exists (
            select 1 from givers(i, now()) o where o.role = 'custody_holder'
               and o.until > coalesce(p_until, (now() at time zone 'Europe/Copenhagen')::date - 1))) $$;

-- One at a time: two who agree at once must see each other, and a yes taken back is not accepted meanwhile.
create function lock_invitation(p_invitation uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from memberships m join invitations i on i.thread_id = m.thread_id
   where i.id = p_invitation and m.person_id = me() and in_force(m) for share of m;
  perform 1 from invitations i where i.id = p_invitation and i.thread_id = any (my_threads()) for update;
end $$;

-- A giver says yes, or staff (p_by) writes down that he did. Answers what came of it: 'given' (others are waited for),
-- 'agreed' (the set is complete), 'prolonged' (the place lasts longer). Null: nothing to agree to, or not by these two.
create function give_consent(p_invitation uuid, p_giver uuid, p_by uuid, p_how text, p_on date, p_until date,
                             p_version text)
  returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations; g memberships; b memberships; place memberships; v_before boolean;
  today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  select * into b from memberships m where m.id = p_by and m.person_id = me() and in_force(m) for share;
  select * into g from memberships m where m.id = p_giver and m.thread_id = b.thread_id and in_force(m)
     and m.role in ('custody_holder', 'young_person') for share;
  select * into i from invitations x where x.id = p_invitation and x.thread_id = g.thread_id
     and x.membership_id is null for update;
  if i.id is null or (p_how = 'digital') <> (b.id = g.id) or b.id <> g.id and b.role <> 'caseworker' then return null; end if;
  if i.place_id is null then
    p_until := least(coalesce(p_until, i.ends_on), i.ends_on);
    if not invitation_open(i) or p_until < today then return null; end if;
  else
    select * into place from memberships m where m.id = i.place_id and in_force(m) for no key update;
    if place.id is null or p_until is null or p_until <= place.ends_on then return null; end if;
  end if;
  if exists (select 1 from consents c where c.invitation_id = i.id and c.giver_id = g.id and c.withdrawn_at is null
                and c.until >= case when place.id is null then today else p_until end) then return null; end if;
  v_before := coalesce(consented_until(i, now()) >= today, false);
  insert into consents (id, case_id, thread_id, invitation_id, giver_id, recipient, purpose, kinds, text_version, how,
                        given_on, recorded_by, until)
  values (gen_random_uuid(), i.case_id, i.thread_id, i.id, g.id, i.name || ', ' || i.capacity, i.purpose, i.kinds,
          p_version, p_how, p_on, nullif(b.id, g.id), p_until);
  if place.id is not null then
    update memberships m set ends_on = consented_until(i, now()) where m.id = place.id
       and m.ends_on < consented_until(i, now());
    return case when found then 'prolonged' else 'given' end;
  end if;
  if v_before or coalesce(consented_until(i, now()) < today, true) then return 'given'; end if;
  insert into invitation_steps (invitation_id, step, thread_id, by_id) values (i.id, 'agreed', i.thread_id, b.id)
    on conflict do nothing; -- agreed to once more, after a consent was taken back
  return 'agreed';
end $$;

-- A giver takes the own consent back. Answers the invitation it was given to; null: there is no such consent in force.
-- What stands on it ends by end_unconsented, after this has been told; the place is locked before the thread is.
create function withdraw_consent(p_consent uuid, p_by uuid) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations; today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  perform 1 from memberships m where m.id = p_by and m.person_id = me() and in_force(m) for share;
  if not found then return null; end if;
  select x.* into i from consents c join invitations x on x.id = c.invitation_id where c.id = p_consent for update of x;
  perform 1 from memberships m where m.id = i.place_id for no key update;
  update consents c set withdrawn_at = now(), withdrawn_by = p_by
   where c.id = p_consent and c.giver_id = p_by and c.withdrawn_at is null and c.until >= today;
  if not found then return null; end if;
  if i.place_id is null and coalesce(consented_until(i, now()) < today, true) then
    update invitation_tokens t set spent_at = now() where t.invitation_id = i.id and t.spent_at is null;
  end if;
  return i.id;
end $$;

-- Places of a thread whose set of consents is no longer complete end now; where it lasts shorter, so do they. A guest who
-- was taken along into further threads of the case has those places by the same consent: they end with the last one.
-- Whoever calls it only makes happen what is so already.
create function end_unconsented(p_thread uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_over uuid[]; v_along uuid[]; today date := (now() at time zone 'Europe/Copenhagen')::date;
begin
  -- The places first, then the thread: the other way round, somebody who is posting would wait for us and we for him.
  with standing as (
    select m.id, consented_until(i, m.starts_at) as until from invitations i join memberships m on m.id = i.place_id
     where i.thread_id = p_thread and m.ended_at is null),
  shorter as (
    update memberships m set ends_on = s.until from standing s where m.id = s.id and s.until >= today and s.until < m.ends_on)
  select coalesce(array_agg(s.id), '{}') into v_over from standing s where coalesce(s.until < today, true);
  select coalesce(array_agg(o.id), '{}') into v_along from memberships m
    join memberships o on o.case_id = m.case_id and o.person_id = m.person_id and o.role = m.role and o.ended_at is null
   where m.id = any (v_over) and not exists (
         select 1 from invitations i join memberships x on x.id = i.place_id
          where x.case_id = m.case_id and x.person_id = m.person_id and x.ended_at is null and x.id <> all (v_over));
  update memberships m set end_reason = 'consent' where m.id = any (v_over || v_along) and m.ended_at is null;
  perform end_places(v_over || v_along, null);
end $$;
