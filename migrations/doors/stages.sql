-- THE DOORS: the steps of a case. How long its way through was.

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
