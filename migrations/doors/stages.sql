-- THE DOORS: the steps of a case. How long its way through was, and what a leader is told of them.

-- The ways through that the caller sees, in whole Danish days: a way begins with a notification after nothing or after an
-- end. `decided_on`: the first decision of it; `started_on`: the first measure of it, counted from the decision that it
-- came of (the last one before it). Not a door: it counts what its caller sees, and is there for doors that show
-- a leader more (the owner calls it from the command line).
create function stage_intervals()
  returns table (thread_id uuid, notified_on date, decided_on date, started_on date, to_decision int, to_start int,
                 decision_to_start int)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with told as (
    select s.thread_id, s.seq, s.step, (s.happened_at at time zone 'Europe/Copenhagen')::date as day,
           count(*) filter (where s.step = 'closed') over (
             partition by s.thread_id order by s.seq rows between unbounded preceding and 1 preceding) as way
      from stages s where s.step in ('notified', 'decided', 'started', 'closed')),
  firsts as (
    select thread_id, way, min(seq) filter (where step = 'notified') as notified,
           min(seq) filter (where step = 'decided') as decided, min(seq) filter (where step = 'started') as started
      from told group by thread_id, way)
  select f.thread_id, n.day, d.day, s.day, d.day - n.day, s.day - n.day, s.day - came_of.day
    from firsts f
    join told n on n.thread_id = f.thread_id and n.seq = f.notified
    left join told d on d.thread_id = f.thread_id and d.seq = f.decided
    left join told s on s.thread_id = f.thread_id and s.seq = f.started
    left join lateral (select t.day from told t where t.thread_id = f.thread_id and t.way = f.way and t.step = 'decided'
                          and t.seq < f.started order by t.seq desc limit 1) came_of on true
   order by n.day, f.thread_id, f.way $$;

-- Whose unit a case is in its leader's eyes: its own, or that of whoever has the ball there.
create function is_led(c cases, p_family uuid, p_units uuid[]) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select c.unit_id = any (p_units) or exists (
    select 1 from memberships w join employments j on j.id = w.employment_id
     where w.thread_id = p_family and w.person_id = c.holder_id and in_force(w) and j.unit_id = any (p_units)) $$;

-- The ways through that began on these days in the units that one leads: a reference and days, no child and no words.
-- Nothing comes back for anybody but a leader.
create function led_intervals(p_from date, p_to date)
  returns table (reference text, notified_on date, to_decision int, decision_to_start int, to_start int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(t.case_id::text, 8), i.notified_on, i.to_decision, i.decision_to_start, i.to_start
    from stage_intervals() i join threads t on t.id = i.thread_id join cases c on c.id = t.case_id
   where (select cardinality(units) from led) > 0 -- asked once: nothing is counted for whoever leads nothing
     and i.notified_on between p_from and p_to and is_led(c, t.id, (select units from led))
   order by i.notified_on, 1 $$;

-- The steps of each case of those units that something may still wait in, for the fold that says what (steps.py), and who
-- has the ball: nobody (null), when that person is there no longer. No words and no child; for leaders alone.
create function led_stages()
  returns table (reference text, name text, title text, thread_id uuid, id uuid, step text, happened_at timestamptz,
                 about uuid, outcome text, track text, grounds text[], new_eyes boolean, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units),
  running as (
    select c.id, t.id as thread_id, w.name, coalesce(j.title, '') as title
      from cases c join threads t on t.case_id = c.id and t.kind = 'family'
      join lateral (
             select x.step from stages x where x.thread_id = t.id
                and x.step not in ('complained', 'reconsidered', 'co_signed') order by x.seq desc limit 1) last on true
      left join lateral (
             select * from memberships w where w.thread_id = t.id and w.person_id = c.holder_id and in_force(w)
              order by w.starts_at limit 1) w on true
      left join employments j on j.id = w.employment_id
     where (select cardinality(units) from led) > 0 and is_led(c, t.id, (select units from led))
       and (last.step <> 'closed' or exists (
             select 1 from stages k where k.thread_id = t.id and k.step = 'complained' and not exists (
               select 1 from stages a where a.thread_id = t.id and a.step = 'reconsidered' and a.about = k.id))))
  select left(r.id::text, 8), r.name, r.title, s.thread_id, s.id, s.step, s.happened_at, s.about, s.outcome, s.track,
         s.grounds, s.new_eyes, s.due_at
    from running r join stages s on s.thread_id = r.thread_id order by s.thread_id, s.seq $$;
