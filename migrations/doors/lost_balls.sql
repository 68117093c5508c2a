-- Cases in which nobody has the ball any more: their leader sees that there are such, and gives each to somebody.

-- Whether nobody has the ball in this case, it is not closed, and one leads its unit.
create function ball_is_lost(c cases) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.unit_id = any ((select my_units('leader'))::uuid[]) and exists (
    select 1 from threads t where t.case_id = c.id and t.kind = 'family' and not sits_in(t.id, c.holder_id)
       and not exists (select 1 from closures x where x.thread_id = t.id and x.reopened_at is null)) $$;

-- Those cases: no child and no words, only how the case is called. A place may be over before the clock has ended it:
-- it was over with its last day, its last moment, or its pause.
create function lost_balls() returns table (id uuid, reference text, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, left(c.id::text, 8),
         (select max(coalesce(m.ended_at, least(m.paused_at, m.ends_at, (m.ends_on + 1)::timestamp at time zone 'Europe/Copenhagen')))
            from threads t join memberships m on m.thread_id = t.id and m.person_id = c.holder_id
           where t.case_id = c.id and t.kind = 'family')
    from cases c where c.unit_id = any ((select my_units('leader'))::uuid[]) and ball_is_lost(c) order by 3 $$;

-- Whom a leader can give each of such cases to: the caseworkers and leaders of its unit, oneself too.
create function takers(p_cases uuid[]) returns table (case_id uuid, employment uuid, name text, title text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct on (c.id, p.name, p.id) c.id, e.id, p.name, e.title from cases c
    join employments e on e.unit_id = c.unit_id and e.role in ('caseworker', 'leader')
     and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date)
    join persons p on p.id = e.person_id
   where c.id = any (p_cases) and ball_is_lost(c)
     and not exists (select 1 from memberships x where x.case_id = c.id and x.person_id = p.id
                                          and x.role not in ('caseworker', 'on_duty', 'professional'))
   order by c.id, p.name, p.id, e.id $$;

-- A leader gives a case that nobody has the ball in to somebody of the unit, who sits down wherever the last one sat. The
-- leader sees nothing of it. False: no such case any more, or nobody to give it to.
create function assign_ball(p_case uuid, p_employment uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_family uuid; v_holder uuid; v_place memberships;
begin
  if not exists (select 1 from cases c where c.id = p_case and ball_is_lost(c)) then return false; end if;
  perform 1 from memberships m where m.case_id = p_case and m.ended_at is null order by m.id for no key update;
  perform 1 from threads t where t.case_id = p_case order by t.id for update;
  if not exists (select 1 from takers(array[p_case]) x where x.employment = p_employment) then return false; end if;
  select t.id, c.holder_id into v_family, v_holder from cases c join threads t on t.case_id = c.id and t.kind = 'family' where c.id = p_case;
  v_place := seat_caseworker(p_employment, desks_of(v_holder, p_case, '-infinity') || v_family, v_family);
  if v_place.person_id <> v_holder then perform give_ball(v_place, null); end if;
  perform enqueue('mail:send_news', jsonb_build_object('person', v_place.person_id));
  return true;
end $$;
