-- THE DOORS: the journal. What happened, once and in order; and the one read of what is new.

-- Append one event under the thread's row lock and ring the bell with ids only. Not for the web role.
create function append_event(p_thread uuid, p_actor uuid, p_kind text, p_object uuid, p_about bigint)
  returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_seq bigint; v_case uuid;
begin
  update threads set last_seq = last_seq + 1, last_at = clock_timestamp(),
         circle_seq = case when p_kind in ('member_joined', 'member_left', 'member_paused', 'member_resumed') then last_seq + 1 else circle_seq end
   where id = p_thread returning last_seq, case_id into v_seq, v_case;
  -- Asked under the thread's lock: a thread that is being closed is closed for whoever waited.
  if p_kind not in ('attachment_checked', 'ball_passed', 'callback_answered', 'callback_tried', 'callback_withdrawn',
                    'child_turned_10', 'child_turned_15', 'consent_withdrawn', 'custody_changed',
                    'hand_over_declined', 'invitation_bounced', 'invitation_sent', 'joint_concern_received', 'member_left',
                    'member_paused', 'member_resumed', 'note_answered', 'note_responded', 'thread_closed', 'thread_opened',
                    'thread_reopened')
     and exists (select 1 from closures c where c.thread_id = p_thread and c.reopened_at is null)
     -- Whoever comes to read only, by a decision on custody, or to take the case over, may come to a closed thread, and is
     -- told of there.
     and not exists (select 1 from memberships d where d.id = p_object and d.role in ('caseworker', 'custody_holder', 'on_duty')) then
    raise exception using errcode = 'RD423', message = 'thread closed';
  end if;
  insert into events (thread_id, seq, case_id, kind, object_id, about, actor_id, at)
  values (p_thread, v_seq, v_case, p_kind, p_object, coalesce(p_about, v_seq), p_actor, clock_timestamp());
  perform pg_notify('rundtom_live', p_thread::text);
  if p_kind in ('member_left', 'member_paused') then -- no longer named by this thread, so told by name that the list has changed
    perform pg_notify('rundtom_live', 'person ' || m.person_id) from memberships m where m.id = p_object;
  end if;
  return v_seq;
end $$;

-- The same for a member: his row is locked first, so nothing can be written after his place has ended.
-- RD404: no such place in force. RD409: the circle is not the one the writer named.
create function record_event(p_thread uuid, p_member uuid, p_kind text, p_object uuid, p_about bigint,
                                        p_circle bigint)
  returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_circle bigint;
begin
  perform 1 from memberships m where m.id = p_member and m.thread_id = p_thread and m.person_id = me()
     and in_force(m) for share;
  if not found then raise exception using errcode = 'RD404', message = 'not a member'; end if;
  if p_circle is not null then
    select circle_seq into v_circle from threads where id = p_thread for update;
    if v_circle <> p_circle then raise exception using errcode = 'RD409', message = 'circle changed'; end if;
  end if;
  -- What is sent is no draft of its writer's any more.
  delete from drafts d where (d.person_id, d.thread_id, d.id) = (me(), p_thread, p_object);
  return append_event(p_thread, p_member, p_kind, p_object, p_about);
end $$;

-- Say something, once, and answer its entry: what would be four round trips is one. Not a door: it runs as its caller,
-- under the policies. RD422: the id stands for something else already. p_words_of: the child's place whose words they are.
create function post_message(p_thread uuid, p_member uuid, p_id uuid, p_text text, p_circle bigint, p_words_of uuid default null)
  returns jsonb language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare m messages;
begin
  select * into m from messages x where x.thread_id = p_thread and x.id = p_id;
  if not found then
    m.seq := record_event(p_thread, p_member, 'message_posted', p_id, null, p_circle);
    insert into messages (thread_id, id, seq, person_id, words_of, text) values (p_thread, p_id, m.seq, me(), p_words_of, p_text);
  elsif m.person_id <> me() or m.words_of is distinct from p_words_of or (m.text <> p_text and m.corrected_at is null and m.withdrawn_at is null) then
    raise exception using errcode = 'RD422', message = 'id reused';
  end if;
  return (select e.body from entries e where e.thread_id = p_thread and e.seq = m.seq);
end $$;

-- The one read of what is new: entries after p_after, and who is a member at this instant. Only for a member, or for
-- the live room, which sends to exactly the members named in the same answer. A member gets what is newer than where
-- his history begins, and no text of anything older. `ends_in`: in how many seconds a place here ends by itself, by the
-- hour or at midnight in Denmark after its last day; the live room asks again then.
-- One plan, made once and kept: to plan it anew costs six times as much as to run it.
create function changes(p_thread uuid, p_after bigint, p_limit int)
  returns table (seq bigint, entries jsonb, members jsonb, ends_in double precision)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare v_from bigint := 0;
begin
  if session_user <> 'rundtom_live' then
    select m.history_from into v_from from memberships m
     where m.thread_id = p_thread and m.person_id = me() and in_force(m);
    if not found then return; end if;
  end if;
  return query with fresh as materialized (
    select n.seq, case when n.about > v_from then n.body
                       else n.body - '{text,corrected_at,withdrawn_at,words_of,earlier_texts}'::text[] end as body
      from entries n where n.thread_id = p_thread and n.seq > greatest(p_after, v_from) order by n.seq limit p_limit)
  select coalesce((select max(f.seq) from fresh f), t.last_seq),
         (select coalesce(jsonb_agg(f.body order by f.seq), '[]') from fresh f),
         (select coalesce(jsonb_object_agg(m.person_id, m.history_from), '{}') from memberships m
           where m.thread_id = p_thread and in_force(m)),
         (select extract(epoch from min(least(m.ends_at, (m.ends_on + 1)::timestamp at time zone 'Europe/Copenhagen')) - now())
            from memberships m where m.thread_id = p_thread and in_force(m))::double precision
    from threads t where t.id = p_thread;
end $$;
