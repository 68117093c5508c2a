-- THE DOORS: notes. Who answers for one, and what waits for an answer, for a leader who is in no thread.

-- Whoever can still answer for a note: in force, as one who writes notes, with a history that reaches back to it.
create function can_answer(m memberships, n notes) returns boolean language sql stable as
$$ select in_force(m) and m.role in ('caseworker', 'professional') and m.history_from < n.seq $$;

-- What waits in the units that one leads, or in their cases: who has to answer, since when, until when. That is whoever
-- wrote the note; the caseworker, when its author can no longer answer; nobody (null), when there is no caseworker
-- either. No words and no child: a reference, and the title that somebody has at work (what a circle calls a person is
-- typed there, and may name the child). Nothing comes back for anybody but a leader.
create function waiting_answers()
  returns table (reference text, name text, title text, asked_at timestamptz, due_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with led as materialized (select my_units('leader') as units)
  select left(c.id::text, 8), w.name, coalesce(j.title, ''), r.responded_at, r.due_on
    from responses r join notes n on n.thread_id = r.thread_id and n.id = r.note_id
    join threads t on t.id = n.thread_id join cases c on c.id = t.case_id
    left join lateral (
           select * from memberships w where w.thread_id = n.thread_id and can_answer(w, n)
              and (w.person_id = n.person_id or w.role = 'caseworker')
            order by w.person_id <> n.person_id, w.starts_at, w.name limit 1) w on true
    left join employments j on j.id = w.employment_id
   where (select cardinality(units) from led) > 0 -- asked once: nothing is read for whoever leads nothing
     and r.due_on is not null and r.thread_id in (select near.id from threads_near((select units from led)) near)
     and (c.unit_id = any ((select units from led)::uuid[]) or j.unit_id = any ((select units from led)::uuid[]))
     and not exists (select 1 from response_answers a where a.thread_id = r.thread_id and a.response_id = r.id)
   order by r.due_on, r.responded_at $$;
