-- THE DOORS: sessions. Who is asking, and how a session begins and ends.

-- Neither ended, nor too old, nor left alone for too long.
create function stands(s sessions) returns boolean language sql stable
  return s.ended_at is null and s.expires_at > now() and s.seen_at > now() - make_interval(mins => s.idle_minutes);

-- Find the session of a token and take on its person for this transaction. Nothing comes back for a dead one.
-- Not active: a page that follows along by itself, which keeps nobody logged in.
create function enter_session(p_hash bytea, p_active boolean default true)
  returns table (session_id uuid, person_id uuid, name text, person_email text, language text, verified_email text,
                 idle_minutes int, expires_at timestamptz, idle_ends_at timestamptz, fresh boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare s sessions;
begin
  select * into s from sessions x where x.token_hash = p_hash and stands(x);
  if not found then return; end if;
  if p_active and s.seen_at < now() - interval '1 minute' then
    update sessions set seen_at = now() where id = s.id returning * into s;
  end if;
  perform set_config('app.person_id', s.person_id::text, true);
  return query select s.id, p.id, p.name, p.email, p.language, s.email, s.idle_minutes, s.expires_at,
                      s.seen_at + make_interval(mins => s.idle_minutes), s.fresh_at > now() - interval '5 minutes'
                 from persons p where p.id = s.person_id;
end $$;

-- The same, and the person's place in this thread, in one step: session, then membership. No row: a dead session.
-- A row without a membership: no such thread for this person, or no longer.
create function enter_thread(p_hash bytea, p_case uuid, p_thread uuid, p_active boolean default true)
  returns table (person_id uuid, membership_id uuid, role text, name text, capacity text, history_from bigint, closed boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare v_person uuid;
begin
  select s.person_id into v_person from enter_session(p_hash, p_active) s;
  if not found then return; end if;
  return query
    select v_person, m.id, m.role, m.name, m.capacity, m.history_from,
           exists (select 1 from closures c where c.thread_id = m.thread_id and c.reopened_at is null)
      from (select) as once left join memberships m on m.person_id = v_person and m.thread_id = p_thread
       and m.case_id = p_case and in_force(m);
end $$;

-- A login that the provider vouches for. An unknown identity becomes a person without any access.
create function sign_in(p_hash bytea, p_issuer text, p_subject text, p_name text, p_email text, p_acr text,
                        p_sid text, p_id_token text, p_idle_minutes int, p_hours int, p_issuer_key text, p_device text,
                        p_fresh_at timestamptz)
  returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_person uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended(p_issuer || ' ' || p_subject, 0)); -- two first logins at once
  select i.person_id into v_person from identities i where i.issuer = p_issuer and i.subject = p_subject;
  if v_person is null then
    insert into persons (id, name, email) values (gen_random_uuid(), p_name, p_email) returning id into v_person;
    insert into identities (issuer, subject, person_id, email) values (p_issuer, p_subject, v_person, p_email);
  else
    update identities set email = p_email where issuer = p_issuer and subject = p_subject and email is distinct from p_email;
    update persons set email = p_email where id = v_person and p_email is not null and email is distinct from p_email;
  end if;
  insert into sessions (id, token_hash, person_id, issuer, issuer_key, email, acr, sid, id_token, idle_minutes, device,
                        fresh_at, expires_at)
  values (gen_random_uuid(), p_hash, v_person, p_issuer, p_issuer_key, p_email, p_acr, p_sid, p_id_token,
          p_idle_minutes, p_device, coalesce(p_fresh_at, 'epoch'), now() + make_interval(hours => p_hours));
  return v_person;
end $$;

-- The person of a session has logged in once more: it goes on under a new token, and the old one is dead.
-- Somebody else has: the session ends, and none begins. Two people must never be mixed on a shared computer.
create function step_up(p_old bytea, p_session uuid, p_hash bytea, p_issuer text, p_subject text, p_acr text,
                        p_sid text, p_id_token text, p_fresh_at timestamptz)
  returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare s sessions;
begin
  select * into s from sessions x where x.token_hash = p_old and x.id = p_session and stands(x) for update;
  if not found then return 'gone'; end if;
  if s.issuer <> p_issuer or not exists (select 1 from identities i where i.issuer = p_issuer
       and i.subject = p_subject and i.person_id = s.person_id) then
    perform end_sessions(array[s.id]);
    return 'other_person';
  end if;
  update sessions set token_hash = p_hash, acr = p_acr, sid = p_sid, id_token = p_id_token, fresh_at = p_fresh_at,
                      seen_at = now() where id = s.id;
  return 'same_person';
end $$;

-- At once, in their open sockets too.
create function end_sessions(p_sessions uuid[]) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_session uuid; v_count int := 0;
begin
  for v_session in update sessions set ended_at = now() where id = any (p_sessions) and ended_at is null returning id loop
    perform pg_notify('rundtom_live', 'session ' || v_session);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

create function sign_out(p_hash bytea) returns table (issuer text, id_token text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare s sessions;
begin
  select * into s from sessions where token_hash = p_hash and ended_at is null for update;
  if not found then return; end if;
  perform end_sessions(array[s.id]);
  return query select s.issuer, s.id_token;
end $$;

-- One's own that stand, the newest first. No address and no place: whoever holds the phone must not learn where.
create function my_sessions() returns table (id uuid, device text, started_at timestamptz, used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.device, s.created_at, s.seen_at from sessions s where s.person_id = me() and stands(s)
   order by s.seen_at desc, s.id $$;

-- One of one's own, on another device perhaps. False when there is none such.
create function end_my_session(p_session uuid) returns boolean
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select end_sessions(array(select id from sessions s where id = p_session and person_id = me() and stands(s))) = 1 $$;

-- What a provider says in the back (OpenID Connect back-channel logout): one of its sessions, or all of a person's.
-- Each such word is heard once: false when it was heard before. A token is too old to be sent again within the hour.
create function hear_logout(p_issuer text, p_jti text, p_sid text, p_subject text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from logout_tokens where at < now() - interval '1 hour';
  insert into logout_tokens (issuer, jti) values (p_issuer, p_jti) on conflict do nothing;
  if not found then return false; end if;
  perform end_sessions(array(select s.id from sessions s
    where s.issuer = p_issuer and (p_sid is null or s.sid = p_sid)
      and (p_subject is null or s.person_id = (select i.person_id from identities i
                                                where i.issuer = p_issuer and i.subject = p_subject))));
  return true;
end $$;
