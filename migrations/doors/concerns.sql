-- THE DOORS: notifications. No thread: there may be no case yet. See concerns_to_handle in policies.sql.

-- Whether its notifier has not been told yet that it came, and can be.
create function concern_owes_receipt(c concerns) returns boolean language sql stable as $$
  select not c.anonymous and not exists (select 1 from concern_steps s where s.concern_id = c.id and s.step = 'receipted') $$;

-- Whether something is still to be done: until it is settled, and until the receipt is sent.
create function concern_waits(c concerns) returns boolean language sql stable as $$
  select not exists (select 1 from concern_steps s where s.concern_id = c.id and s.step = 'settled') or concern_owes_receipt(c) $$;

-- Who is to handle it: the receiver; while that person is away or has left, or nobody was there when it came, whoever
-- receives from the unit now. When nobody is there at all: the receiver all the same, or nobody.
create function concern_handler(c concerns) returns table (person_id uuid, name text, title text, unit_id uuid)
  language sql stable as $$
  select coalesce(s.person_id, r.person_id), coalesce(s.name, p.name), coalesce(s.title, r.title), coalesce(s.unit_id, r.unit_id)
    from (select) one
    left join lateral (select * from stand_in(c.receiver_id, c.unit_id, c.person_id) where concern_waits(c)) s on true
    left join employments r on r.id = c.receiver_id left join persons p on p.id = r.person_id
   where s.person_id is not null or r.id is not null $$;

-- Somebody has something new to look at: an open page follows, and a mail says that there is something, and no more.
create function nudge(p_person uuid) returns void language plpgsql as $$
begin
  perform pg_notify('rundtom_live', 'person ' || p_person);
  if p_person is distinct from me() then perform enqueue('mail:send_news', jsonb_build_object('person', p_person)); end if;
end $$;

-- What was said of the child, as something that can be compared and not read: the id is in it, so no two are alike.
create function concern_digest(c concerns) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(c.id, c.area, c.child_name, c.child_details, c.words, c.child_words,
                                             c.parents_told, c.parents_words)::text, 'UTF8')) $$;

-- THE ONE WAY IN for a notification, for somebody at work (who is asked for by name: me()) and for a citizen (nobody).
-- p_said: employment_id (by work only), unit_id, anonymous, notifier_name, notifier_contact, relation, child_name,
-- child_details, area, words, child_words, parents_told, parents_words. p_dates: received_at, assess_red_at,
-- assess_due_at, receipt_due_on, settle_due_on. It goes straight to the caseworker of the unit;
-- without a unit, to whoever receives in the family department; when nobody is there it is kept, and the leaders told.
-- Of an anonymous notifier nothing is stored. Answers received (the same id and content again, too; also when its words
-- have been taken out since, and they stay out), or why not: id_reused, not_allowed (no such work).
create function receive_concern(p_id uuid, p_source text, p_said jsonb, p_dates jsonb) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c concerns; v_known concerns; v_made boolean;
  v_first_time constant text[] := array['received_at', 'assess_red_at', 'assess_due_at', 'receipt_due_on', 'settle_due_on', 'receiver_id'];
begin
  c := jsonb_populate_record(null::concerns, p_said - array['person_id', 'notifier_title', 'receiver_id', 'taken_out_at', 'digest'] || p_dates);
  c.id := p_id; c.source := p_source; c.anonymous := coalesce(c.anonymous, false);
  if p_source = 'professional' then
    select e.person_id, p.name, e.title, e.unit_id into c.person_id, c.notifier_name, c.notifier_title, c.unit_id
      from employments e join persons p on p.id = e.person_id
     where e.id = c.employment_id and e.person_id = me() and works_today(e);
    if not found then return 'not_allowed'; end if;
  else
    c.employment_id := null; c.notifier_title := '';
    if c.anonymous then c.notifier_name := ''; c.notifier_contact := ''; end if;
    -- A unit that is not known here is no reason to lose it.
    if not exists (select 1 from units u where u.id = c.unit_id) then c.unit_id := null; end if;
  end if;
  c.notifier_contact := coalesce(c.notifier_contact, ''); c.relation := coalesce(c.relation, '');
  c.child_name := coalesce(c.child_name, ''); c.child_details := coalesce(c.child_details, '');
  c.child_words := coalesce(c.child_words, ''); c.parents_words := coalesce(c.parents_words, '');
  select employment_id into c.receiver_id from caseworker_for(c.unit_id, c.person_id);
  insert into concerns select c.* on conflict (id) do nothing;
  v_made := found;
  select * into v_known from concerns x where x.id = p_id;
  if not v_made then
    return case when to_jsonb(v_known) - v_first_time = to_jsonb(c) - v_first_time
                  or v_known.digest = concern_digest(c)
                     and (v_known.source, v_known.employment_id) is not distinct from (c.source, c.employment_id)
           then 'received' else 'id_reused' end;
  end if;
  perform nudge(told.id) from (
    select e.person_id as id from employments e where e.id = c.receiver_id
    union select e.person_id from employments e join units u on u.id = e.unit_id
           where c.receiver_id is null and u.kind = 'family_department' and e.role = 'leader' and works_today(e)) told;
  return 'received';
end $$;

-- I did something with it: whoever sent it follows on an open page, and is mailed that there is news. Who stood in may
-- have done the last of it, and have nothing to handle any more. False: its words were taken out just before, which is
-- certain only now that my step's key holds it. Then what I wrote is not kept either.
create function tell_of_concern(p_concern uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform nudge(c.person_id) from concerns c where c.id = p_concern and c.person_id is not null
     and exists (select 1 from concern_steps s where s.concern_id = c.id and s.person_id = me());
  return not exists (select 1 from concerns c join concern_steps s on s.concern_id = c.id
                      where c.id = p_concern and c.taken_out_at is not null and s.person_id = me());
end $$;

-- Whom it can be passed on to: who works, today, as a caseworker or leader where oneself does. For whoever is to handle
-- it, and nobody else: a list of one's own colleagues, never of the department of whoever stands in meanwhile.
create function colleagues_of_concern(p_concern uuid) returns table (employment uuid, name text, title text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, p.name, e.title from concerns c
    join employments e on e.unit_id = any (my_units('caseworker', 'leader')) and e.id is distinct from c.receiver_id
         and e.role in ('caseworker', 'leader') and not is_away(e)
    join persons p on p.id = e.person_id
   where c.id = p_concern and c.id = any (concerns_to_handle())
     and e.person_id <> me() and e.person_id is distinct from c.person_id order by p.name, e.id $$;

-- Why it is not mine to handle: not_allowed (I sent it), not_found; null when it is.
create function concern_refused(c concerns) returns text language sql stable as $$
  select case when c.id = any (concerns_to_handle()) then null
              when exists (select 1 from employments e where e.id = c.employment_id and e.person_id = me() and works_today(e))
              then 'not_allowed' else 'not_found' end $$;

-- How whoever handles it is called in its steps.
create function handling_as() returns table (name text, title text) language sql stable as $$
  select p.name, coalesce((select e.title from employments e where e.person_id = me()
         and e.role in ('caseworker', 'leader') and works_today(e) order by e.started_on, e.id limit 1), '')
    from persons p where p.id = me() $$;

-- passed_on; or why not: not_allowed (who sent it), settled (nothing waits any more), id_reused, not_found (not one's own, or no such colleague).
create function pass_on_concern(p_concern uuid, p_id uuid, p_to uuid, p_words text) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c concerns; v_to record; v_before concern_steps; v_why text;
begin
  -- The lock that a step's key to it waits for: what is being settled is not handed to one more reader.
  select * into c from concerns x where x.id = p_concern for update;
  select * into v_before from concern_steps x where x.concern_id = p_concern and x.id = p_id and x.person_id = me();
  if found then
    return case when (v_before.to_id, v_before.words) is not distinct from (p_to, p_words) then 'passed_on' else 'id_reused' end;
  end if;
  v_why := concern_refused(c);
  if v_why is not null then return v_why; end if;
  if not concern_waits(c) then return 'settled'; end if;
  select * into v_to from colleagues_of_concern(c.id) where employment = p_to;
  if not found then return 'not_found'; end if;
  if exists (select 1 from concern_steps x where x.concern_id = c.id and x.id = p_id) then return 'id_reused'; end if;
  insert into concern_steps (concern_id, id, person_id, name, title, step, words, to_id, to_name, to_title)
  select c.id, p_id, me(), h.name, h.title, 'passed_on', p_words, p_to, v_to.name, v_to.title from handling_as() h;
  update concerns x set receiver_id = p_to where x.id = c.id;
  perform nudge(told.id) from (
    select e.person_id as id from employments e where e.id in (c.receiver_id, p_to)
    union select c.person_id where c.person_id is not null) told where told.id <> me();
  return 'passed_on';
end $$;

-- THE WAY OUT: it is dealt with outside Rundtom (p_words: where it is now), and nothing that was said here of child,
-- parents and danger is kept, nor a citizen's name. A step says that it is elsewhere, and by whom; no row says why. What
-- was owed to the notifier comes first: afterwards nobody knows whom to tell. Answers taken_out (the same id and content
-- again, too), or why not: not_allowed (who sent it), not_found, id_reused, settled, receipt_first.
create function take_out_concern(p_concern uuid, p_id uuid, p_words text) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c concerns; v_before concern_steps; v_why text;
begin
  -- As in pass_on_concern; and whoever writes a step meanwhile is heard by tell_of_concern.
  select * into c from concerns x where x.id = p_concern for update;
  select * into v_before from concern_steps x where x.concern_id = p_concern and x.id = p_id and x.person_id = me();
  if found then
    return case when (v_before.outcome, v_before.words) is not distinct from ('elsewhere', p_words) then 'taken_out' else 'id_reused' end;
  end if;
  v_why := concern_refused(c);
  if v_why is not null then return v_why; end if;
  if exists (select 1 from concern_steps x where x.concern_id = c.id and x.id = p_id) then return 'id_reused'; end if;
  if exists (select 1 from concern_steps x where x.concern_id = c.id and x.step = 'settled') then return 'settled'; end if;
  if concern_owes_receipt(c) then return 'receipt_first'; end if;
  update concern_steps x set words = '', taken_out_at = now()
   where x.concern_id = c.id and x.step in ('danger_assessed', 'passed_on');
  insert into concern_steps (concern_id, id, person_id, name, title, step, words, outcome)
  select c.id, p_id, me(), h.name, h.title, 'settled', p_words, 'elsewhere' from handling_as() h;
  update concerns x set child_name = '', child_details = '', area = 'other', words = '', child_words = '', relation = '',
         parents_told = 'unknown', parents_words = '', anonymous = x.source = 'citizen', notifier_contact = '',
         notifier_name = case when x.source = 'citizen' then '' else x.notifier_name end,
         taken_out_at = now(), digest = concern_digest(c) where x.id = c.id;
  perform tell_of_concern(c.id);
  return 'taken_out';
end $$;

-- What is told of each notification that I sent or am to handle (p_one: of that one). The notifier is told this and
-- nothing else of it (barnets lov § 138): who has it, that it came, and whether an assessment or support was started.
-- Which, when and why is the family's.
create function concerns_told(p_one uuid default null)
  returns table (id uuid, mine boolean, name text, title text, way text, receipted_at timestamptz, settled_at timestamptz, became text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.person_id is not distinct from me(), h.name, h.title, r.way, r.done_at, s.done_at,
         case when s.step is null then null when s.silent_why <> '' then 'not_told'
              when s.outcome <> 'case' then s.outcome
              else coalesce((select case when g.step = 'started' then 'support'
                                         when g.outcome in ('section_19', 'section_20', 'support') then 'assessment'
                                         else 'nothing_more' end
                               from stages g join stages n on n.thread_id = g.thread_id
                              where n.thread_id = s.thread_id and n.id = s.stage_id and g.seq > n.seq
                                and g.step in ('screened', 'decided', 'started', 'closed')
                              order by g.step = 'started' desc, g.seq desc limit 1), 'case') end
    from concerns c left join lateral concern_handler(c) h on true
    left join concern_steps r on r.concern_id = c.id and r.step = 'receipted'
    left join concern_steps s on s.concern_id = c.id and s.step = 'settled'
   where (p_one is null or c.id = p_one) and (c.id = any ((select concerns_to_handle())::uuid[])
      or c.employment_id in (select e.id from employments e where e.person_id = me() and works_today(e))) $$;

-- What waits in the units that one leads: for whom, since when, until when, and for what. No words, no names of child or
-- notifier. What nobody received, every leader of a family department sees.
create function waiting_concerns()
  returns table (reference text, name text, title text, asked_at timestamptz, assess_due_at timestamptz, assess_red_at timestamptz,
                 receipt_due_on date, settle_due_on date, assessed boolean, settled boolean, receipted boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(c.id::text, 8), h.name, coalesce(h.title, ''), c.received_at, c.assess_due_at, c.assess_red_at,
         c.receipt_due_on, c.settle_due_on, done.assessed, done.settled, c.anonymous or done.receipted
    from concerns c left join lateral concern_handler(c) h on true cross join lateral (
      select count(*) filter (where s.step = 'danger_assessed') > 0 as assessed,
             count(*) filter (where s.step = 'settled') > 0 as settled,
             count(*) filter (where s.step = 'receipted') > 0 as receipted
        from concern_steps s where s.concern_id = c.id) done
   where (select cardinality(units) from led) > 0 -- asked once: nothing is read for whoever leads nothing
     and concern_waits(c)
     and exists (select 1 from units u where u.id = any ((select units from led)::uuid[])
                    and (u.id = h.unit_id or h.unit_id is null and u.kind = 'family_department'))
   order by c.assess_due_at, c.received_at $$;
