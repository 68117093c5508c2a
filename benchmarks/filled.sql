-- A municipality after some years, by its superuser: cases :from to :to, 50 entries each (40 messages, 3 notes of which
-- one has been corrected, 2 responses, an answer, a summary and the family's yes), 25 cases for each caseworker.
-- `pool` holds texts to take from. One message of every tenth case has a rare word, but none of the first cases.
with numbers as (select n, md5('case ' || n)::uuid as case_id, md5('thread ' || n)::uuid as thread_id,
                        md5('mother ' || n)::uuid as mother, md5('worker ' || n / 25)::uuid as worker
                   from generate_series(%(from)s::int, %(to)s::int) n),
mothers as (insert into persons (id, name) select mother, 'Mor ' || n from numbers),
workers as (insert into persons (id, name) select worker, 'Rådgiver ' || min(n) / 25 from numbers group by worker
            on conflict do nothing),
known as (insert into identities (issuer, subject, person_id) select 'bench', 'worker ' || min(n) / 25, worker
            from numbers group by worker on conflict do nothing),
cases as (insert into cases (id, child_name, opened_by, holder_id) select case_id, 'Barn ' || n, mother, worker from numbers),
threads as (insert into threads (id, case_id, kind, purpose, opened_by, last_seq)
            select thread_id, case_id, 'family', 'Hvordan går det?', mother, 50 from numbers),
places as (insert into memberships (id, case_id, thread_id, person_id, role, name, capacity)
           select md5(who || n)::uuid, case_id, thread_id, case who when 'm' then mother else worker end,
                  case who when 'm' then 'custody_holder' else 'caseworker' end,
                  case who when 'm' then 'Mor ' || n else 'Rådgiver ' || n / 25 end, who
             from numbers, (values ('m'), ('w')) as each (who)),
entries as (
  select n.*, seq, md5(n.n || ' ' || seq)::uuid as id, now() - make_interval(mins => n.n + (50 - seq) * 1440) as at,
         (select text from pool where pool.n = 1 + (n.n * 7919 + seq * 104729) %% %(texts)s) as text,
         md5(case when seq %% 2 = 0 then 'm' else 'w' end || n.n)::uuid as actor,
         case when seq %% 2 = 0 then mother else worker end as person
    from numbers n, generate_series(1, 50) seq),
events as (
  insert into events (thread_id, seq, case_id, kind, object_id, about, actor_id, at)
  select thread_id, seq, case_id,
         case when seq = 1 then 'thread_opened' when seq <= 41 then 'message_posted' when seq <= 44 then 'note_published'
              when seq <= 46 then 'note_responded' when seq = 47 then 'note_answered' when seq = 48 then 'summary_proposed'
              when seq = 49 then 'summary_confirmed' else 'note_corrected' end,
         id, case when seq in (45, 46, 47, 50) then 42 when seq = 49 then 48 else seq end, actor, at from entries),
messages as (
  insert into messages (thread_id, id, seq, person_id, text, posted_at)
  select thread_id, id, seq, person, text || case when seq = 2 and n > %(rare_after)s and n %% %(rare_each)s = 0 then ' ' || %(rare)s else '' end, at
    from entries where seq between 2 and 41),
notes as (insert into notes (thread_id, id, seq, person_id, published_at)
          select thread_id, id, seq, person, at from entries where seq between 42 and 44),
versions as (
  insert into note_versions (thread_id, note_id, version, seq, challenges, resources, proposals, written_at)
  select thread_id, md5(n || ' ' || least(seq, case seq when 50 then 42 else seq end))::uuid,
         case seq when 50 then 2 else 1 end, seq, text, text, text, at
    from entries where seq between 42 and 44 or seq = 50),
responses as (
  insert into responses (thread_id, id, note_id, version, seq, person_id, kind, box, words, due_on, responded_at)
  select thread_id, id, md5(n || ' 42')::uuid, 1, seq, person, 'missing', 'whole', text, current_date, at
    from entries where seq in (45, 46)),
answers as (
  insert into response_answers (thread_id, response_id, seq, person_id, words, answered_at)
  select thread_id, md5(n || ' 45')::uuid, seq, person, text, at from entries where seq = 47),
summaries as (insert into summaries (thread_id, id, seq, person_id, words, proposed_at)
              select thread_id, id, seq, person, text, at from entries where seq = 48)
insert into summary_settlements (thread_id, summary_id, seq, person_id, confirmed, settled_at)
select thread_id, md5(n || ' 48')::uuid, seq, person, true, at from entries where seq = 49
