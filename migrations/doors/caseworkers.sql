-- THE DOORS: routing. Who receives what comes from a unit; nobody but this asks the municipality's list.

-- Whoever has left, or says so for today, receives nothing.
create function is_away(e employments) returns boolean language sql stable as
$$ select not works_today(e) or exists (select 1 from absences a where a.person_id = e.person_id
      and (now() at time zone 'Europe/Copenhagen')::date between a.from_on and a.to_on) $$;

-- The caseworker of the unit, the deputy while that person is away, else whoever the rule of the next larger unit names;
-- else somebody of the family department (the unit itself, if it is one; else the one that receives what is new), whoever
-- is there before whoever is away. Never nobody while a family department has anybody. No unit: what a family opens.
-- Never p_but: nobody asks himself.
create function caseworker_for(p_unit uuid, p_but uuid default null)
  returns table (person_id uuid, name text, title text, unit_id uuid, employment_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive above (id, parent_id, steps) as (
    select u.id, u.parent_id, 0 from units u where u.id = p_unit
    union all select u.id, u.parent_id, above.steps + 1 from above join units u on u.id = above.parent_id
     where above.steps < 10), -- a list that goes in a circle is a mistake, and no reason to wait for ever
  named (employment_id, by_rule, steps, turn) as (
    select n.id, true, above.steps, n.turn from above join routings r on r.unit_id = above.id
     cross join lateral (values (r.caseworker_id, 1), (r.deputy_id, 2)) n (id, turn) where n.id is not null
    union all
    select e.id, false, 0, 0 from employments e join units u on u.id = e.unit_id
     where u.kind = 'family_department' and e.role = 'caseworker')
  select p.id, p.name, e.title, e.unit_id, e.id
    from named n join employments e on e.id = n.employment_id join persons p on p.id = e.person_id
   where works_today(e) and not (n.by_rule and is_away(e)) and e.person_id is distinct from p_but
   order by n.by_rule desc, n.steps, n.turn, e.unit_id is not distinct from p_unit desc,
            exists (select 1 from employments r where r.unit_id = e.unit_id and r.receives_new and works_today(r)) desc,
            is_away(e), e.receives_new desc, e.started_on, e.id
   limit 1 $$;

-- Whoever receives from the unit now, while the receiver of something is away or has left, or there never was one. Nobody
-- while the receiver is here.
create function stand_in(p_receiver uuid, p_unit uuid, p_but uuid)
  returns table (person_id uuid, name text, title text, unit_id uuid, employment_id uuid)
  language sql stable as $$
  select s.* from caseworker_for(p_unit, p_but) s
   where not exists (select 1 from employments r where r.id = p_receiver and not is_away(r)) $$;
