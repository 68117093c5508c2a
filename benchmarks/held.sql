-- On top of filled.sql: what a caseworker's own list is made of. Each case has come to a start, has an action of each
-- side's that the family has agreed to and one that waits for its yes, a call that is asked for, and a unit: ten
-- caseworkers' cases each, with a leader. The entries that these hang on are there already.
with numbers as (select n, md5('case ' || n)::uuid as case_id, md5('thread ' || n)::uuid as thread_id,
                        md5('mother ' || n)::uuid as mother, md5('worker ' || n / 25)::uuid as worker,
                        md5('unit ' || n / 250)::uuid as unit, n / 250 as unit_number
                   from generate_series(1, %(last)s::int) n),
units as (insert into units (id, name, kind) select distinct unit, 'Enhed ' || unit_number, 'family_department' from numbers),
leaders as (insert into persons (id, name) select distinct md5('leader ' || unit_number)::uuid, 'Leder ' || unit_number from numbers),
known as (insert into identities (issuer, subject, person_id)
          select distinct 'bench', 'leader ' || unit_number, md5('leader ' || unit_number)::uuid from numbers),
jobs as (insert into employments (id, person_id, unit_id, title, role)
         select distinct md5('job ' || unit_number)::uuid, md5('leader ' || unit_number)::uuid, unit, 'leder', 'leader' from numbers),
cases as (update cases c set unit_id = n.unit from numbers n where n.case_id = c.id),
steps as (
  insert into stages (thread_id, id, seq, person_id, step, happened_at, words, outcome, track, child_view_choice,
                      child_view, committee, complain_until, measure, due_at)
  select thread_id, md5(n || step)::uuid, seq, worker, step, now() - make_interval(days => n %% 120 + 60 - 12 * seq), 'x',
         case step when 'screened' then 'section_19' when 'decided' then 'support' end,
         case step when 'screened' then 'light' end, case step when 'decided' then 'summary' end,
         case step when 'decided' then 'x' else '' end, case step when 'decided' then false end,
         case step when 'decided' then current_date end, case step when 'started' then 'x' else '' end,
         now() + make_interval(days => 90 - n %% 120)
    from numbers, (values (1, 'notified'), (2, 'danger_assessed'), (3, 'screened'), (4, 'decided'), (5, 'started')) s (seq, step)),
actions as (
  insert into actions (thread_id, id, seq, person_id, owner, words, due_on)
  select thread_id, md5(n || 'action' || seq)::uuid, seq, worker, md5(case seq when 7 then 'm' else 'w' end || n)::uuid,
         'Vi læser en bog klokken 20', current_date + 10 - n %% 20
    from numbers, (values (6), (7), (9)) s (seq)), -- what an odd entry proposes, the caseworker has
agreed as (
  insert into action_changes (thread_id, id, action_id, seq, person_id, step)
  select thread_id, md5(n || 'agreed' || seq)::uuid, md5(n || 'action' || seq)::uuid, seq + 4, mother, 'agreed'
    from numbers, generate_series(6, 7) seq)
insert into callbacks (thread_id, id, seq, person_id, words, suits, due_on)
select thread_id, md5(n || 'call')::uuid, 12, mother, 'Om skolen', '', current_date + 5 - n %% 10 from numbers
