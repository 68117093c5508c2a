-- THE DOORS: the steps of a case. How long its way through was, and what a leader is told of them.

-- The ways through in these threads, as far as the caller sees them, in whole Danish days: a way begins with a notification
-- after nothing or after an end. `decided_on`: the first decision of it; `started_on`: the first measure of it, counted from
-- the decision that it came of (the last one before it). Not a door: it counts what its caller sees, and is there for doors
-- that show a leader more (the owner calls it from the command line).
create function stage_intervals(p_threads uuid[])
  returns table (thread_id uuid, notified_on date, decided_on date, started_on date, to_decision int, to_start int,
                 decision_to_start int)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with told as (
    select s.thread_id, s.seq, s.step, (s.happened_at at time zone 'Europe/Copenhagen')::date as day,
           count(*) filter (where s.step = 'closed') over (
             partition by s.thread_id order by s.seq rows between unbounded preceding and 1 preceding) as way
      from unnest(p_threads) mine (id) join stages s on s.thread_id = mine.id
     where s.step in ('notified', 'decided', 'started', 'closed')),
  after as (select *, max(seq) filter (where step = 'decided') over (partition by thread_id, way order by seq) as came_of from told),
  firsts as (
    select thread_id, way, min(seq) filter (where step = 'notified') as notified,
           min(seq) filter (where step = 'decided') as decided, min(seq) filter (where step = 'started') as started
      from told group by thread_id, way)
  select f.thread_id, n.day, d.day, s.day, d.day - n.day, s.day - n.day, s.day - came_of.day
    from firsts f
    join told n on n.thread_id = f.thread_id and n.seq = f.notified
    left join told d on d.thread_id = f.thread_id and d.seq = f.decided
    left join after s on s.thread_id = f.thread_id and s.seq = f.started
    left join told came_of on came_of.thread_id = s.thread_id and came_of.seq = s.came_of
   order by n.day, f.thread_id, f.way $$;

-- The family threads of the cases that a leader of these units sees to: the units' own, and whatever their people have the
-- ball of.
create function led_threads(p_units uuid[]) returns table (id uuid)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t.id from cases c join threads t on t.case_id = c.id and t.kind = 'family' where c.unit_id = any (p_units)
  union
  select t.id from employments j join memberships w on w.employment_id = j.id and in_force(w)
    join cases c on c.id = w.case_id and c.holder_id = w.person_id
    join threads t on t.id = w.thread_id and t.kind = 'family'
   where j.unit_id = any (p_units) $$;

-- The ways through that began on these days there: a reference and days, no child and no words. Nothing comes back for
-- anybody but a leader.
create function led_intervals(p_from date, p_to date)
  returns table (reference text, notified_on date, to_decision int, decision_to_start int, to_start int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select left(t.case_id::text, 8), i.notified_on, i.to_decision, i.decision_to_start, i.to_start
    from stage_intervals(array(select led.id from led_threads(my_units('leader')) led)) i join threads t on t.id = i.thread_id
   where i.notified_on between p_from and p_to order by i.notified_on, 1 $$;

-- The steps of each case there that something may still wait in, for the fold that says what (steps.py), and who has the
-- ball: nobody (null), when that person is there no longer. No words and no child; for leaders alone.
create function led_stages()
  returns table (reference text, name text, title text, thread_id uuid, id uuid, step text, happened_at timestamptz,
                 about uuid, outcome text, track text, grounds text[], new_eyes boolean, due_at timestamptz,
                 plan_due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with running as (
    select t.id, t.case_id from led_threads(my_units('leader')) led join threads t on t.id = led.id
      left join lateral (
             select x.step from stages x where x.thread_id = t.id and x.about is null and x.step <> 'file_asked'
              order by x.seq desc limit 1) last on true
     where last.step <> 'closed' or exists (
             select 1 from stages k where k.thread_id = t.id and k.step in ('complained', 'file_asked') and not exists (
               select 1 from stages a where a.thread_id = t.id and a.step in ('reconsidered', 'file_answered')
                  and a.about = k.id)))
  select left(r.case_id::text, 8), w.name, coalesce(j.title, ''), s.thread_id, s.id, s.step, s.happened_at, s.about,
         s.outcome, s.track, s.grounds, s.new_eyes, s.due_at, s.plan_due_at
    from running r join cases c on c.id = r.case_id
    left join lateral (
           select * from memberships w where w.thread_id = r.id and w.person_id = c.holder_id and in_force(w)
            order by w.starts_at limit 1) w on true
    left join employments j on j.id = w.employment_id
    join stages s on s.thread_id = r.id order by s.thread_id, s.seq $$;
