-- THE DOORS: asking for advice without naming the child. No thread, no child: see my_consultations in policies.sql.

-- Who is to answer: the receiver; while that person is away or has left, and only until it is closed, whoever receives
-- from the unit now.
create function answers_now(c consultations) returns table (person_id uuid, name text, title text)
  language sql stable as $$
  select coalesce(s.person_id, r.person_id), coalesce(s.name, c.receiver_name), coalesce(s.title, c.receiver_title)
    from employments r left join lateral (
           select * from stand_in(c.receiver_id, c.unit_id, c.person_id)
            where not exists (select 1 from consultation_closures x where x.consultation_id = c.id)) s on true
   where r.id = c.receiver_id $$;

-- For whoever asked, and talks with the parents now: the same caseworker all the way; whoever receives from the unit, if
-- that person is away. Nothing comes back for anybody else.
create function advised_by(p_consultation uuid)
  returns table (person_id uuid, name text, title text, unit_id uuid, employment_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select n.* from consultations c join employments r on r.id = c.receiver_id cross join lateral (
      select r.person_id, c.receiver_name, c.receiver_title, r.unit_id, r.id where not is_away(r)
      union all select * from stand_in(r.id, c.unit_id, me())) n
   where c.id = p_consultation and c.person_id = me() and c.id = any (my_consultations()) $$;

-- Something came: pages that are open follow, and whoever did not do it gets a mail that says so.
create function tell_of_consultation(p_consultation uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_person uuid;
begin
  for v_person in select c.person_id from consultations c where c.id = p_consultation and c.id = any (my_consultations())
                  union select a.person_id from consultations c cross join lateral answers_now(c) a
                         where c.id = p_consultation and c.id = any (my_consultations()) loop
    perform pg_notify('rundtom_live', 'person ' || v_person);
    if v_person <> me() then perform enqueue('mail:send_news', jsonb_build_object('person', v_person)); end if;
  end loop;
end $$;

-- Whom it can be passed on to: who works, today, as a caseworker or leader where the receiver does. For whoever is to
-- answer it, and nobody else: a list of one's own colleagues.
create function colleagues_for(p_consultation uuid) returns table (employment uuid, name text, title text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, p.name, e.title from consultations c join employments r on r.id = c.receiver_id
    join employments e on e.unit_id = r.unit_id and e.id <> r.id and e.role in ('caseworker', 'leader') and not is_away(e)
    join persons p on p.id = e.person_id
   where c.id = p_consultation and c.id = any (my_consultations()) and c.person_id <> me()
     and e.person_id not in (c.person_id, me()) order by p.name, e.id $$;

-- passed_on; or why not: closed, id_reused, not_allowed (who asked it), not_found (not one's own, or no such colleague).
create function pass_on_consultation(p_consultation uuid, p_id uuid, p_to uuid) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c consultations; v_to record; v_before consultation_passings;
begin
  -- The lock that a closure's key to it waits for: what is being closed is not handed to one more reader.
  select * into c from consultations x where x.id = p_consultation for update;
  select * into v_before from consultation_passings x
   where x.consultation_id = p_consultation and x.id = p_id and x.person_id = me();
  if found then return case when v_before.to_id = p_to then 'passed_on' else 'id_reused' end; end if;
  if c.id is null or c.id <> all (my_consultations()) then return 'not_found'; end if;
  if c.person_id = me() then return 'not_allowed'; end if;
  if exists (select 1 from consultation_closures x where x.consultation_id = c.id) then return 'closed'; end if;
  select * into v_to from colleagues_for(c.id) where employment = p_to;
  if not found then return 'not_found'; end if;
  insert into consultation_passings (consultation_id, id, person_id, to_id, name, to_name, to_title)
  select c.id, p_id, me(), p_to, p.name, v_to.name, v_to.title from persons p where p.id = me();
  update consultations x set receiver_id = p_to, receiver_name = v_to.name, receiver_title = v_to.title where x.id = c.id;
  -- Whoever passes it on is on the way to another page; whoever it is taken from learns it there.
  perform pg_notify('rundtom_live', 'person ' || told.id) from (
    select c.person_id as id union select e.person_id from employments e where e.id in (c.receiver_id, p_to)) told
   where told.id <> me();
  perform enqueue('mail:send_news', jsonb_build_object('person', told.id)) from (
    select c.person_id as id union select e.person_id from employments e where e.id = p_to) told;
  return 'passed_on';
end $$;

-- What waits for an answer in the units that one leads: by whom, since when, until when. No words, and not who asked.
create function waiting_consultations()
  returns table (reference text, name text, title text, asked_at timestamptz, due_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(c.id::text, 8), a.name, a.title, c.asked_at, c.due_on
    from consultations c join employments r on r.id = c.receiver_id cross join lateral answers_now(c) a
   where (select cardinality(units) from led) > 0 -- asked once: nothing is read for whoever leads nothing
     and r.unit_id = any ((select units from led)::uuid[])
     and not exists (select 1 from consultation_closures x where x.consultation_id = c.id)
     and not exists (select 1 from consultation_lines l where l.consultation_id = c.id and l.person_id <> c.person_id)
   order by c.due_on, c.asked_at $$;
