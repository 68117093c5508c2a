-- THE DOORS: audit. That looks can be examined by somebody who sees no case, and that none is missing.

-- Answers that left the server, counted apart from the looks.
create function count_served(p_day date, p_what text, p_times bigint) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into served (day, what, times) values (p_day, p_what, p_times)
  on conflict (day, what) do update set times = served.times + excluded.times $$;

-- Compare every finished day that has not been compared yet. What is served more often than it was looked at is missing,
-- kind by kind: one kind's surplus (an answer that was lost on its way) must not make up for another's lack.
create function reconcile() returns table (day date, missing bigint)
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with days as (
    select d::date as day from generate_series(
      coalesce((select max(r.day) + 1 from reconciliations r), (select min(s.day) from served s)),
      -- A quarter of an hour after midnight even a slow process has added what it counted.
      ((now() - interval '15 minutes') at time zone 'Europe/Copenhagen')::date - 1, interval '1 day') d),
  counted as (
    select s.day, s.what, s.times as served, 0 as looked from served s
    union all
    select (l.at at time zone 'Europe/Copenhagen')::date, l.what, 0, 1 from looks l
     where l.at >= (select min(d.day) from days d)::timestamp at time zone 'Europe/Copenhagen'
    union all -- looks at a screening are kept in the other house
    select (l.at at time zone 'Europe/Copenhagen')::date, 'get_screening', 0, 1 from protected.looks l
     where l.at >= (select min(d.day) from days d)::timestamp at time zone 'Europe/Copenhagen'),
  kinds as (select c.day, sum(c.served) as served, sum(c.looked) as looked from counted c group by c.day, c.what)
  insert into reconciliations (day, served, looked, missing)
  select d.day, coalesce(sum(k.served), 0), coalesce(sum(k.looked), 0), coalesce(sum(greatest(k.served - k.looked, 0)), 0)
    from days d left join kinds k on k.day = d.day group by d.day
  returning reconciliations.day, reconciliations.missing $$;

create function reconciliations_of_auditor() returns setof reconciliations
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from reconciliations where works_as('auditor') order by day desc limit 60 $$;

-- The log as the auditor reads it: who looked, in which capacity, at what kind of thing, why. No child, no purpose of a
-- thread, no content; and not the family's own reading, which is shown to nobody. Null for everybody else.
-- The reading is itself a look at each case that stands in the answer, and the families are told.
create function audit_looks(p_reference text, p_day date, p_before timestamptz, p_sample boolean, p_limit int, p_at timestamptz)
  returns jsonb language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_looks uuid[]; v_cases bigint;
begin
  if not works_as('auditor') then return null; end if;
  v_looks := array(
    select l.id from looks l left join memberships m on m.id = l.membership_id
     where l.person_id <> me() -- reading on would never end
       and (m.id is null or m.role not in ('child', 'custody_holder', 'foster_parent', 'parent', 'relative', 'young_person'))
       and (p_reference is null or l.case_id between (p_reference || '-0000-0000-0000-000000000000')::uuid
                                                 and (p_reference || '-ffff-ffff-ffff-ffffffffffff')::uuid)
       and (p_day is null or (l.at at time zone 'Europe/Copenhagen')::date = p_day)
       and (p_before is null or l.at < p_before)
       and (not p_sample or l.at > now() - interval '30 days')
     order by case when p_sample then random() end, l.at desc, l.id limit p_limit);
  insert into looks (id, case_id, thread_id, person_id, employment_id, what, purpose, reason, at)
  select gen_random_uuid(), t.case_id, t.id, me(), e.id, 'list_audit_looks', 'duty', 'log_review', p_at
    from threads t, (select e.id from employments e where e.person_id = me() and e.role = 'auditor'
                        and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)
                      order by e.started_on, e.id limit 1) e
   where t.kind = 'family' and t.case_id in (select l.case_id from looks l where l.id = any (v_looks));
  get diagnostics v_cases = row_count;
  return (select jsonb_build_object('cases', v_cases, 'looks', coalesce(jsonb_agg(jsonb_build_object(
            'id', l.id, 'at', l.at, 'case', left(l.case_id::text, 8), 'what', l.what, 'purpose', l.purpose, 'reason', l.reason,
            'name', p.name, 'title', coalesce(m.capacity, e.title), 'unit', u.name) order by l.at desc, l.id), '[]'))
    from looks l join persons p on p.id = l.person_id left join memberships m on m.id = l.membership_id
    left join employments e on e.id = coalesce(l.employment_id, m.employment_id) left join units u on u.id = e.unit_id
   where l.id = any (v_looks));
end $$;
