-- Whoever stands in for the one who has the ball.

-- Whoever has the ball names a deputy among the colleagues, who then sits wherever the one with the ball does; or none.
-- Whoever is deputy no longer leaves: nobody sits there without a part. Answers what became of it: done, not_holder,
-- no_colleague.
create function name_deputy(p_member uuid, p_employment uuid) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare b memberships; c cases; k record; v_place memberships;
begin
  select * into b from memberships m where m.id = p_member and m.person_id = me();
  perform 1 from memberships m where m.case_id = b.case_id and m.ended_at is null order by m.id for no key update;
  perform 1 from threads t where t.case_id = b.case_id order by t.id for update;
  select * into c from cases x where x.id = b.case_id;
  if c.holder_id <> me() or not exists (select 1 from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
                                         where m.id = b.id and in_force(m)) then return 'not_holder'; end if;
  if p_employment is not null then
    select * into k from colleagues(b.id) x where x.employment = p_employment;
    if k.person is null then return 'no_colleague'; end if;
    if k.person = c.deputy_id then return 'done'; end if;
  elsif c.deputy_id is null then return 'done';
  end if;
  perform end_desks(c.id, c.deputy_id, b.id);
  if p_employment is not null then
    v_place := seat_caseworker(p_employment, desks_of(me(), c.id, now()), b.thread_id);
    update cases x set deputy_id = k.person where x.id = c.id;
    perform append_event(b.thread_id, b.id, 'deputy_named', v_place.id, null);
    perform enqueue('mail:send_news', jsonb_build_object('person', k.person));
  end if;
  return 'done';
end $$;
