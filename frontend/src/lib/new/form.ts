import { parseDate } from '../dateparse';
import type { FamilyMember, NewCase } from '../api/types';

/** Somebody of the family, as typed: a child may be without an address. */
export type Named = Omit<FamilyMember, 'email'> & { email: string };

export interface Form {
  id: string;
  /** An employment's id, or `family`. */
  as: string;
  /** What somebody of the family is to the child. */
  role: FamilyMember['role'];
  capacity: string;
  child_name: string;
  child_born: string;
  purpose: string;
  family: Named[];
  with_family_department: boolean;
  /** Advice that was asked for before: whoever gave it comes along. */
  consultation: string | null;
}

export type Fault =
  | 'born_wrong'
  | 'capacity_missing'
  | 'child_missing'
  | 'purpose_missing'
  | 'family_missing'
  | 'family_incomplete';

export function emptyPerson(): Named {
  return { name: '', email: '', capacity: '', role: 'custody_holder' };
}

export function emptyForm(id: string, as: string): Form {
  return {
    id,
    as,
    role: 'custody_holder',
    capacity: '',
    child_name: '',
    child_born: '',
    purpose: '',
    family: as === 'family' ? [] : [emptyPerson()],
    with_family_department: true,
    consultation: null
  };
}

const complete = (person: Named) =>
  [person.name, person.capacity, person.role === 'child' ? '-' : person.email].every((part) => part.trim() !== '');

export function faultsOf(form: Form): ReadonlySet<Fault> {
  const family = form.as === 'family';
  const found: (Fault | false)[] = [
    family && !form.capacity.trim() && 'capacity_missing',
    !form.child_name.trim() && 'child_missing',
    form.child_born.trim() !== '' && !parseDate(form.child_born) && 'born_wrong',
    !form.purpose.trim() && 'purpose_missing',
    (!family || form.role === 'relative') && !form.family.some((person) => person.role === 'custody_holder') && 'family_missing',
    !form.family.every(complete) && 'family_incomplete'
  ];
  return new Set(found.filter((fault) => fault !== false));
}

export function toOpen(form: Form): NewCase {
  const family = form.as === 'family';
  return {
    id: form.id,
    child_name: form.child_name.trim(),
    ...(form.child_born.trim() ? { child_born: parseDate(form.child_born) } : {}),
    employment: family ? null : form.as,
    ...(family ? { role: form.role, capacity: form.capacity.trim() } : {}),
    purpose: form.purpose.trim(),
    family: form.family.map(({ name, email, capacity, role }) => ({
      name: name.trim(),
      email: email.trim() || null,
      capacity: capacity.trim(),
      role
    })),
    with_family_department: form.with_family_department,
    ...(form.consultation ? { consultation: form.consultation } : {})
  };
}
