-- THE DOORS: opening a dialogue.

-- The family member behind an address: the one person who verified it, else a new person whose place waits for a login.
-- Somebody who sits in the dialogue already (p_seated) is not told by that: the second naming gets a place that waits.
create function family_person(p_name text, p_email text, p_seated uuid[])
  returns table (person_id uuid, known boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_persons uuid[]; v_person uuid;
begin
  select array_agg(distinct i.person_id) into v_persons from identities i where lower(i.email) = lower(p_email);
  if cardinality(v_persons) = 1 and not v_persons <@ p_seated then return query select v_persons[1], true; return; end if;
  insert into persons (id, name, email) values (gen_random_uuid(), p_name, p_email) returning id into v_person;
  return query select v_person, false;
end $$;
