-- THE DOORS: links that are too old, and links that somebody else came with. What is asked for is never answered here:
-- whoever holds a link learns nothing from it.

-- "Send me a new one": for the person that the link was meant for, three times a day. Otherwise nothing happens.
create function renew_invitation(p_hash bytea, p_email text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations;
begin
  select x.* into i from invitation_tokens t join invitations x on x.id = t.invitation_id
   where t.token_hash = p_hash and t.spent_at is null and lower(x.email) = lower(p_email) for update of x;
  if i.id is null or not invitation_stands(i) or was_here(i)
     or exists (select 1 from closures c where c.thread_id = i.thread_id and c.reopened_at is null)
     or 3 <= (select count(*) from invitation_steps s where s.invitation_id = i.id and s.step = 'renewed'
                 and s.at > now() - interval '1 day') then return; end if;
  perform guest_step(i, 'renewed');
  perform enqueue('mail:send_invitation', jsonb_build_object('invitation', i.id));
end $$;

-- Somebody else has come with a good link: one row, once a person, for those who may agree. Nobody without a verified
-- address, nobody who is or was in the thread: they know it already, or are to know nothing.
create function claim_invitation(p_hash bytea, p_email text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations;
begin
  select x.* into i from invitation_tokens t join invitations x on x.id = t.invitation_id
   where t.token_hash = p_hash and t.spent_at is null and t.expires_at > now() and x.membership_id is null
     and lower(x.email) <> lower(p_email) and invitation_stands(x)
     and not exists (select 1 from memberships m where m.thread_id = x.thread_id and m.person_id = me())
     and not exists (select 1 from closures c where c.thread_id = x.thread_id and c.reopened_at is null);
  if i.id is null then return; end if;
  insert into invitation_claims (invitation_id, thread_id, person_id, name, email)
  select i.id, i.thread_id, p.id, p.name, p_email from persons p where p.id = me() on conflict do nothing;
  if found then perform guest_event(i, 'claimed'); end if;
end $$;

-- Somebody who may agree decides: the invitation is for the claimant from now on, or this person never comes in by it.
-- What was agreed to was somebody else: only the one who decides now has agreed to this person, the others are asked
-- again. Answers the invitation; null: nothing waits for an answer.
create function settle_claim(p_claim uuid, p_by uuid, p_approved boolean) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare i invitations; c invitation_claims; mine consents;
begin
  perform 1 from memberships m join invitation_claims x on x.thread_id = m.thread_id where m.id = p_by and x.id = p_claim
     and m.person_id = me() and in_force(m) and m.role in ('custody_holder', 'young_person') for share of m;
  if not found then return null; end if;
  select x.* into i from invitation_claims k join invitations x on x.id = k.invitation_id where k.id = p_claim for update of x;
  if p_approved and not invitation_open(i) then return null; end if;
  update invitation_claims k set settled_at = now(), settled_by = p_by, approved = p_approved
   where k.id = p_claim and k.settled_at is null returning * into c;
  if not found then return null; end if;
  if p_approved then
    update invitation_tokens t set spent_at = now() where t.invitation_id = i.id and t.spent_at is null;
    update invitations set email = c.email, name = c.name where id = i.id;
    select * into mine from consents x where x.invitation_id = i.id and x.giver_id = p_by and x.withdrawn_at is null
     order by x.until desc limit 1;
    update consents x set withdrawn_at = now(), withdrawn_by = p_by where x.invitation_id = i.id and x.withdrawn_at is null;
    if mine.id is not null then
      mine.id := gen_random_uuid(); mine.recipient := c.name || ', ' || i.capacity; mine.how := 'digital';
      mine.given_on := (now() at time zone 'Europe/Copenhagen')::date; mine.recorded_by := null; mine.recorded_at := now();
      insert into consents select mine.*;
    end if;
  end if;
  return i.id;
end $$;
