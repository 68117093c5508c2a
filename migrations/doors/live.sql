-- THE DOORS: the live room. It is nobody, and is told only what it needs to stop in time.

-- Of these sessions, the ones that still stand, and for how many more seconds if nobody uses them.
create function sessions_left(p_sessions uuid[]) returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (select coalesce(jsonb_object_agg(s.id, extract(epoch from
                            least(s.expires_at, s.seen_at + make_interval(mins => s.idle_minutes)) - now())), '{}')
            from sessions s where s.id = any (p_sessions) and stands(s));
end $$;
