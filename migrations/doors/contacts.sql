-- THE DOORS: contact. Who waits to be rung up, and how soon others were, for a leader who is in no thread. No words and
-- no child: a reference, as in waiting_answers() (notes.sql). Nothing comes back for anybody but a leader.

-- Calls that are asked for in the units that one leads, or of their caseworkers: who rings (whoever has been there
-- longest; nobody, null, when there is no caseworker any more), since when, until when.
create function waiting_callbacks()
  returns table (reference text, name text, title text, asked_at timestamptz, due_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(t.case_id::text, 8), w.name, coalesce(j.title, ''), c.asked_at, c.due_on
    from callbacks c join threads t on t.id = c.thread_id join cases k on k.id = t.case_id
    left join lateral (
           select * from memberships w where w.thread_id = c.thread_id and w.role = 'caseworker' and in_force(w)
            order by w.starts_at, w.name limit 1) w on true
    left join employments j on j.id = w.employment_id
   where (select cardinality(units) from led) > 0
     and c.thread_id in (select near.id from threads_near((select units from led)) near)
     and (k.unit_id = any ((select units from led)::uuid[]) or j.unit_id = any ((select units from led)::uuid[]))
     and not exists (select 1 from callback_steps s where s.thread_id = c.thread_id and s.callback_id = c.id
                        and s.step <> 'tried')
   order by c.due_on, c.asked_at $$;

-- The calls that were asked for in the last days: when somebody first rang (answered or not), and who; while nobody has,
-- who is to. What was withdrawn before anybody rang is left out: nobody was waiting.
create function first_calls(p_days int)
  returns table (reference text, name text, asked_at timestamptz, called_at timestamptz, due_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(t.case_id::text, 8), coalesce(b.name, w.name), c.asked_at, f.taken_at, c.due_on
    from callbacks c join threads t on t.id = c.thread_id join cases k on k.id = t.case_id
    left join lateral (
           select * from callback_steps s where s.thread_id = c.thread_id and s.callback_id = c.id
            order by s.seq limit 1) f on true
    left join events e on e.thread_id = f.thread_id and e.seq = f.seq
    left join memberships b on b.id = e.actor_id
    left join lateral (
           select * from memberships w where w.thread_id = c.thread_id and w.role = 'caseworker' and in_force(w)
            order by w.starts_at, w.name limit 1) w on true
    left join employments j on j.id = coalesce(b.employment_id, w.employment_id)
   where (select cardinality(units) from led) > 0
     and c.thread_id in (select near.id from threads_near((select units from led)) near)
     and c.asked_at > now() - make_interval(days => p_days) and f.step is distinct from 'withdrawn'
     and (k.unit_id = any ((select units from led)::uuid[]) or j.unit_id = any ((select units from led)::uuid[]))
   order by c.asked_at desc $$;
