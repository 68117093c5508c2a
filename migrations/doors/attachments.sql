-- THE DOORS: files. What the worker is told of them: where the bytes lie, never what they are called.

-- Where to find what waits for the scanner. Null: it does not wait any more.
create function file_to_scan(p_thread uuid, p_attachment uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (select a.key from attachments a where a.thread_id = p_thread and a.id = p_attachment and a.state = 'waiting') $$;

-- The scanner's word, once. Clean: everybody in the thread may open it from now on. Otherwise nothing of it is kept.
create function file_scanned(p_thread uuid, p_attachment uuid, p_clean boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare a attachments;
begin
  perform 1 from threads t where t.id = p_thread for update; -- first, as whoever writes there does
  select * into a from attachments x where x.thread_id = p_thread and x.id = p_attachment and x.state = 'waiting' for update;
  if not found then return; end if;
  if p_clean then
    update attachments set state = 'ready' where thread_id = p_thread and id = p_attachment;
  else
    update attachments set state = 'refused', key = null, name = null, caption = null, digest = null
     where thread_id = p_thread and id = p_attachment;
    perform enqueue('files:erase', jsonb_build_object('key', a.key));
  end if;
  perform append_event(p_thread, null, 'attachment_checked', p_attachment, a.seq);
end $$;

-- Which of these keys no file has.
create function unknown_files(p_keys uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k from unnest(p_keys) k where not exists (select 1 from attachments a where a.key = k) $$;
