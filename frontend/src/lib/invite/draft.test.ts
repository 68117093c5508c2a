import { describe, expect, it } from 'vitest';
import { emptyForm, faultsOf, toOpen } from '../new/form';
import { emptyDraft, faults, reachable, span, toSend, type Draft } from './draft';

const now = new Date(2026, 10, 21);
const allowed = span(now);
const full: Draft = {
  id: 'i',
  name: ' Inger Holm ',
  email: 'inger@demo.example',
  role: 'relative',
  capacity: 'mormor',
  purpose: 'Hun henter',
  kinds: ['school', 'everyday'],
  ends_on: '24. december 2026',
  history: 'no'
};

describe('proposing an invitation', () => {
  it('asks for each answer', () => {
    const none = emptyDraft('i');
    expect([...faults('who', none, allowed)]).toEqual(['name_missing', 'email_missing']);
    expect([...faults('capacity', none, allowed)]).toEqual(['role_missing', 'capacity_missing']);
    expect([...faults('kinds', none, allowed)]).toEqual(['kinds_missing']);
    expect([...faults('until', { ...none, ends_on: 'snart' }, allowed)]).toEqual(['until_wrong']);
    expect([...faults('until', { ...none, ends_on: '20-11-2026' }, allowed)]).toEqual(['until_outside']);
    expect([...faults('who', { ...none, name: 'A', email: 'a@b' }, allowed)]).toEqual(['email_wrong']);
  });

  it('lets nobody past an open question', () => {
    expect(reachable('check', emptyDraft('i'), allowed)).toBe('who');
    expect(reachable('until', full, allowed)).toBe('until');
    expect(reachable(null, full, allowed)).toBe('who');
    expect(reachable('check', full, allowed)).toBe('check');
  });

  it('sends what was answered', () => {
    expect(toSend(full)).toMatchObject({
      name: 'Inger Holm',
      kinds: ['everyday', 'school'],
      ends_on: '2026-12-24',
      history: false,
      role: 'relative'
    });
  });
});

describe('opening a dialogue', () => {
  it('wants somebody with custody when a professional opens it', () => {
    const form = emptyForm('c', 'employment-id');
    expect(faultsOf({ ...form, family: [] })).toContain('family_missing');
    expect(faultsOf(form)).toContain('family_incomplete');
  });

  it('wants my own place in the family when the family opens it', () => {
    const form = { ...emptyForm('c', 'family'), child_name: 'Sofie', purpose: 'Ro om morgenen' };
    expect([...faultsOf(form)]).toEqual(['capacity_missing']);
    expect(toOpen({ ...form, capacity: 'mor' })).toMatchObject({ employment: null, capacity: 'mor', family: [] });
  });
});
