-- Searching. Not a door: it runs as its caller, under the policies.
--
-- There is no index on the stems (found_by), on purpose. It would hold everybody's words: behind row level security it is
-- ignored (@@ is not leakproof), and past that it would take the longer the more often a word stands in cases that are
-- closed to whoever asks. So the statement starts from the caller's own places and goes through what lies in those
-- threads: some thousand stored lists of stems, and the same work whatever is written anywhere else.
--
-- One plan, made once and kept, as for changes(): to plan it anew costs several times as much as to run it.

-- The newest p_limit hits of p_query that are older than (p_at, p_thread, p_seq), in p_case alone unless that is null. A
-- hit is what the thread shows the caller now: not what has been withdrawn, corrected away, or lies before his history.
create function find_words(p_query tsquery, p_case uuid, p_at timestamptz, p_thread uuid, p_seq bigint, p_limit int)
  returns table (place uuid, case_id uuid, child_name text, thread_id uuid, purpose text, seq bigint, at timestamptz,
                 entry jsonb, words text)
  language plpgsql stable set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query with mine as materialized (
    select m.id, m.case_id, m.thread_id, m.history_from from memberships m
     where m.person_id = me() and in_force(m) and (p_case is null or m.case_id = p_case)),
  page as materialized (
    select mine.id, mine.case_id, mine.thread_id, f.seq, f.at, f.words from mine join lateral (
        -- Each kind of words that there are: its place in the thread, its moment, and how it reads.
        select x.seq, x.posted_at as at, x.text as words from messages x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.written_at, concat_ws(E'\n', x.challenges, x.resources, x.proposals, x.child_view)
          from notes n join note_versions x on x.thread_id = n.thread_id and x.note_id = n.id
         where n.thread_id = mine.thread_id and n.seq > mine.history_from and x.found_by @@ p_query
           and not exists (select 1 from note_versions v where v.thread_id = x.thread_id and v.note_id = x.note_id
                              and v.version > x.version)
        union all
        select x.seq, x.responded_at, x.words from notes n
          join responses x on x.thread_id = n.thread_id and x.note_id = n.id
         where n.thread_id = mine.thread_id and n.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.answered_at, x.words from notes n
          join responses r on r.thread_id = n.thread_id and r.note_id = n.id
          join response_answers x on x.thread_id = r.thread_id and x.response_id = r.id
         where n.thread_id = mine.thread_id and n.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.proposed_at, x.words from summaries x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.settled_at, x.words from summaries s
          join summary_settlements x on x.thread_id = s.thread_id and x.summary_id = s.id
         where s.thread_id = mine.thread_id and s.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.recorded_at, concat_ws(E'\n', x.words, nullif(x.child_view, ''), nullif(x.involved, ''), nullif(x.measure, ''))
          from stages x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.set_at, x.words from goals x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.changed_at, x.words from goals g
          join goal_changes x on x.thread_id = g.thread_id and x.goal_id = g.id
         where g.thread_id = mine.thread_id and g.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.planned_at, x.words from actions x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.changed_at, x.words from actions a
          join action_changes x on x.thread_id = a.thread_id and x.action_id = a.id
         where a.thread_id = mine.thread_id and a.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.rated_at, x.words from wellbeing x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.given_at, concat_ws(E'\n', x.worked, x.change) from evaluations v
          join evaluation_views x on x.thread_id = v.thread_id and x.evaluation_id = v.id
         where v.thread_id = mine.thread_id and v.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.asked_at, concat_ws(E'\n', x.words, x.suits) from callbacks x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.written_at, concat_ws(E'\n', x.words, nullif(x.besides, ''), nullif(x.child_view, ''))
          from joint_concerns j join joint_parts x on x.thread_id = j.thread_id and x.concern_id = j.id
         where j.thread_id = mine.thread_id and j.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.taken_at, x.words from joint_concerns j
          join joint_steps x on x.thread_id = j.thread_id and x.concern_id = j.id
         where j.thread_id = mine.thread_id and j.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.logged_at, concat_ws(E'\n', x.who, x.words) from contacts x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
        union all
        select x.seq, x.added_at, concat_ws(E'\n', translate(x.name, '._-', '   '), x.caption) from attachments x
         where x.thread_id = mine.thread_id and x.seq > mine.history_from and x.found_by @@ p_query
           and (x.state = 'ready' or x.person_id = me()) -- held for the scanner: its sharer's alone
      ) f on p_at is null or (f.at, mine.thread_id, f.seq) < (p_at, p_thread, p_seq)
     order by f.at desc, mine.thread_id desc, f.seq desc limit p_limit)
  select page.id, page.case_id, c.child_name, page.thread_id, t.purpose, page.seq, page.at, e.body, page.words
    from page
    join threads t on t.id = page.thread_id
    join cases c on c.id = page.case_id
    join entries e on e.thread_id = page.thread_id and e.seq = page.seq
   order by page.at desc, page.thread_id desc, page.seq desc;
end $$;
