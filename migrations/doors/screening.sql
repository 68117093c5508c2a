-- THE DOORS: screening of risk. Signs of honour conflict or negative social control: nobody is invited into the case
-- until the risk assessment is signed, and whom it names is never invited (Barnets lov § 18; decision 4 of the house).
--
-- Nothing here tells anybody but a caseworker of the case: no event, no look, no step, no other answer. An invitation
-- that is held looks like one whose mail has not left yet.

-- Whether an invitation is held at this moment: asked before it is mailed, opened and redeemed.
create function invitation_held(i invitations) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from protected.screenings s where s.case_id = i.case_id
                    and (s.signed_at is null or lower(i.email) = any (s.not_to_invite))) $$;

-- RD404 for everybody but a caseworker who has a place in the case now: to them there is no such page.
create function must_screen(p_case uuid) returns void
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select 1 from memberships m where m.case_id = p_case and m.person_id = me() and m.role = 'caseworker'
                    and in_force(m)) then
    raise exception using errcode = 'RD404', message = 'not a caseworker of the case';
  end if;
end $$;

-- What has been ticked and assessed, and who waits because of it. The look is kept here: a look at this page in the
-- log that the family reads would be the tip.
create function read_screenings(p_case uuid) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform must_screen(p_case);
  insert into protected.looks (case_id, person_id) values (p_case, me());
  return jsonb_build_object(
    'screenings', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', s.id, 'signs', s.signs, 'ticked_at', s.ticked_at, 'assessment', s.assessment,
        'not_to_invite', s.not_to_invite, 'signed_at', s.signed_at,
        'ticked_by', (select p.name from persons p where p.id = s.ticked_by),
        'signed_by', (select p.name from persons p where p.id = s.signed_by)) order by s.ticked_at desc), '[]')
      from protected.screenings s where s.case_id = p_case),
    -- Of the reader's own threads: a screening opens no other.
    'held', (select coalesce(jsonb_agg(jsonb_build_object('invitation', i.id, 'thread', i.thread_id, 'name', i.name,
        'capacity', i.capacity) order by i.proposed_at, i.id), '[]')
      from invitations i where i.case_id = p_case and i.thread_id = any (my_threads()) and is_waiting(i)
       and i.membership_id is null and invitation_held(i)));
end $$;

-- Agreed to, or a welcome, and not answered yet.
create function is_waiting(i invitations) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (i.membership_id is not null or exists (
            select 1 from invitation_steps s where s.invitation_id = i.id and s.step = 'agreed'))
     and not exists (select 1 from invitation_steps s where s.invitation_id = i.id
                       and s.step in ('accepted', 'refused', 'declined')) $$;

-- From this moment nobody is invited into the case. False: there is an open screening already.
create function tick_signs(p_case uuid, p_signs text[]) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform must_screen(p_case);
  insert into protected.screenings (case_id, signs, ticked_by) values (p_case, p_signs, me())
    on conflict (case_id) where signed_at is null do nothing;
  return found;
end $$;

-- The assessment, and whom it says must not be invited. Whoever is free now gets the link that waited.
-- False: nothing is open.
create function sign_screening(p_case uuid, p_assessment text, p_not_to_invite text[]) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform must_screen(p_case);
  update protected.screenings s set assessment = p_assessment, signed_by = me(), signed_at = now(),
         not_to_invite = (select coalesce(array_agg(lower(a)), '{}') from unnest(p_not_to_invite) a)
   where s.case_id = p_case and s.signed_at is null;
  if not found then return false; end if;
  perform enqueue('mail:send_invitation', jsonb_build_object('invitation', i.id))
     from invitations i where i.case_id = p_case and is_waiting(i) and not invitation_held(i)
      and not exists (select 1 from invitation_steps s where s.invitation_id = i.id and s.step = 'sent');
  return true;
end $$;
