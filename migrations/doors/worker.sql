-- THE DOORS: the worker.

-- Mails, and what becomes of files: the clock, and the queue's own housekeeping, are nobody's to set going.
create function enqueue(p_task text, p_args jsonb) returns void
  language plpgsql security definer set search_path = jobs, pg_catalog, pg_temp as $$
begin
  if p_task not in ('files:erase', 'files:scan', 'mail:send_invitation', 'mail:send_news') then raise insufficient_privilege; end if;
  perform procrastinate_defer_jobs_v1(
    array[row(split_part(p_task, ':', 1), p_task, 0, null, null, p_args, null)::procrastinate_job_to_defer_v1]);
end $$;

-- A fresh token for an agreed invitation (72 hours). Nothing comes back when it should not be sent (any more), or not yet.
create function issue_invitation(p_invitation uuid, p_hash bytea) returns table (email text, language text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations;
begin
  select x.* into i from invitations x where x.id = p_invitation and invitation_stands(x);
  if not found then return; end if;
  insert into invitation_tokens (token_hash, invitation_id, expires_at) values (p_hash, i.id, now() + interval '72 hours');
  return query select i.email, 'da'::text;
end $$;

-- The mail has left, or the mail server would not have the address.
create function invitation_sent(p_invitation uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select guest_step(i, 'sent') from invitations i where i.id = p_invitation $$;

create function invitation_bounced(p_invitation uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select guest_step(i, 'bounced') from invitations i where i.id = p_invitation $$;

-- Every hour: places whose last day or hour has passed are written down as ended, when they did; and those that no
-- complete set of consents carries any more. What they open was shut at that moment already.
create function end_what_is_over() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare m memberships; v_thread uuid;
begin
  for m in select * from memberships x where x.ended_at is null and (x.ends_at <= now()
              or x.ends_on < (now() at time zone 'Europe/Copenhagen')::date) order by x.id for no key update skip locked loop
    update memberships set end_reason = 'expired', ended_at = least(now(), m.ends_at,
           (m.ends_on + 1)::timestamp at time zone 'Europe/Copenhagen') where id = m.id;
    perform append_event(m.thread_id, null, 'member_left', m.id, null);
  end loop;
  for v_thread in select distinct i.thread_id from invitations i join memberships x on x.id = i.place_id
                   where x.ended_at is null loop
    perform end_unconsented(v_thread);
  end loop;
  -- What was being written for a place that is gone: whoever comes back within a month finds it, nobody after that.
  delete from drafts d where d.thread_id is not null and not exists (
    select 1 from memberships x where x.thread_id = d.thread_id and x.person_id = d.person_id
       and (x.ended_at is null or x.ended_at > now() - interval '30 days'));
  -- A dialogue that was never opened may name a child: nobody needs that for ever.
  delete from drafts d where d.thread_id is null and d.saved_at < now() - interval '90 days';
end $$;

-- Every morning: 14 and 3 days before a place's last day those who agreed to it are written to, once each. A place that
-- is shorter than that is not spoken of before it has begun.
create function remind_of_last_days() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare it record;
begin
  for it in select i.id, i.thread_id from invitations i join memberships m on m.id = i.place_id
             where in_force(m) and exists (
               select 1 from unnest(array[14, 3]) as days
                where (now() at time zone 'Europe/Copenhagen')::date >= m.ends_on - days
                  and (m.starts_at at time zone 'Europe/Copenhagen')::date < m.ends_on - days
                  and not exists (select 1 from invitation_steps s where s.invitation_id = i.id and s.step = 'reminded'
                                     and (s.at at time zone 'Europe/Copenhagen')::date >= m.ends_on - days)) loop
    insert into invitation_steps (invitation_id, step, thread_id) values (it.id, 'reminded', it.thread_id);
    perform enqueue('mail:send_news', jsonb_build_object('person', p.person_id))
       from (select distinct m.person_id from consents c join memberships m on m.id = c.giver_id
              where c.invitation_id = it.id and c.withdrawn_at is null and in_force(m)) p;
  end loop;
end $$;

create function address_of(p_person uuid) returns table (email text, language text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.email, p.language from persons p where p.id = p_person and p.email is not null $$;
