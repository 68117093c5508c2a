import { describe, expect, it } from 'vitest';
import type { Member, Note } from '../api/types';
import { adults, asTemplate, empty, filledWith, points, preview, told, written } from './draft';

const person = (membership: string, role: Member['role'], more: Partial<Member> = {}) =>
  ({ membership, name: `Navn ${membership}`, capacity: 'mor', role, ended_at: null, paused_at: null, ...more }) as Member;
const mother = person('m', 'custody_holder');
const father = person('f', 'custody_holder');
const left = person('x', 'parent', { ended_at: '2026-11-01T10:00:00Z' });
const people = [mother, father, person('t', 'professional'), person('c', 'child'), left];
const draft = { ...empty('n'), resources: ' \n Emil er glad.\n\nHan synger.\u00a0\n', challenges: '\u3000' };

describe('what is written', () => {
  it('is trimmed at its ends only, and stands so in the preview', () => {
    const author = { membership: 'k', name: 'Karen', capacity: 'rådgiver', role: 'caseworker' as const };
    expect(written(draft)).toMatchObject({ resources: 'Emil er glad.\n\nHan synger.', challenges: '', proposals: '' });
    expect(preview(draft, author, people)).toMatchObject({ ...written(draft), heard: [], author });
  });

  it('holds what the child said only when the child lets it', () => {
    const said = { ...draft, child_view: ' Jeg vil hjem ' };
    const choose = (child_view_choice: Note['child_view_choice']) => written({ ...said, child_view_choice }).child_view;
    expect(['none', 'own_words', 'summary', 'kept'].map((it) => choose(it as Note['child_view_choice']))).toEqual([
      '',
      'Jeg vil hjem',
      'Jeg vil hjem',
      ''
    ]);
    expect(told({ child_view_choice: 'kept' })).toBe(false);
  });

  it('of a correction begins as the note stands', () => {
    const note = { ...preview(draft, mother, people), heard: [father], child_view_choice: 'kept' } as Note;
    expect(filledWith(note)).toEqual({ ...empty('n'), resources: note.resources, heard: ['f'], child_view_choice: 'kept' });
  });

  it('follows a template that we know', () => {
    expect(['visit', 'besøg', null].map(asTemplate)).toEqual(['visit', null, null]);
  });
});

describe('whose view is in it', () => {
  it('can be said of the adults of the family who are here, and of those who were named before they left', () => {
    expect(adults(people, []).map((it) => it.membership)).toEqual(['m', 'f']);
    expect(adults(people, ['x']).map((it) => it.membership)).toEqual(['m', 'f', 'x']);
  });
});

describe('is it all there', () => {
  it('asks for resources, a proposal, the child and each one with custody', () => {
    expect(points(empty('n'), people).map((it) => [it.what, it.name, it.done])).toEqual([
      ['resources', '', false],
      ['proposals', '', false],
      ['child_view', '', false],
      ['heard', 'Navn m', false],
      ['heard', 'Navn f', false]
    ]);
  });

  it('takes no blank for a text; a child that keeps it to itself has been heard', () => {
    const full = { ...draft, proposals: '\u200b', child_view_choice: 'kept' as const, heard: ['f'] };
    expect(points(full, people).map((it) => it.done)).toEqual([true, false, true, false, true]);
  });

  it('does not ask for somebody who has left or is paused', () => {
    const paused = { ...father, paused_at: '2026-11-01T10:00:00Z' };
    expect(points(draft, [mother, paused]).filter((it) => it.what === 'heard')).toHaveLength(1);
  });
});
