import type { Author, Member, Note, NoteWords, Template } from '../api/types';
import { reading as present } from '../thread/readers';
import { shows, tidy } from './tidy';

export const TEMPLATES = ['visit', 'phone_call', 'first_conversation', 'assessment', 'free'] as const satisfies Template[];

export interface Draft extends Required<Omit<NoteWords, 'circle'>> {
  id: string;
  template: Template;
  /** The version that a correction was written on. */
  version: number;
}

export const asTemplate = (name: string | null): Template | null => TEMPLATES.find((one) => one === name) ?? null;

export function empty(id: string): Draft {
  const nothing = { resources: '', challenges: '', proposals: '', child_view: '' };
  return { id, template: 'free', version: 1, ...nothing, child_view_choice: 'none', heard: [] };
}

/** All that has been written, one box after the other. */
export const inWords = ({ resources, challenges, proposals, child_view }: Draft): string =>
  [resources, challenges, proposals, child_view].filter(shows).join('\n\n');

/** A note as it stands, to be corrected. */
export function filledWith(note: Note): Draft {
  const { id, template, version, resources, challenges, proposals, child_view, child_view_choice } = note;
  const heard = note.heard.map((person) => person.membership);
  return { id, template, version, resources, challenges, proposals, child_view, child_view_choice, heard };
}

/** What the child said stands in the note only when the child lets it. */
export const told = (draft: Pick<Draft, 'child_view_choice'>): boolean =>
  draft.child_view_choice === 'own_words' || draft.child_view_choice === 'summary';

/** What is published, and what the preview shows: the same words. */
export function written(draft: Draft): Required<Omit<NoteWords, 'circle'>> {
  return {
    resources: tidy(draft.resources),
    challenges: tidy(draft.challenges),
    proposals: tidy(draft.proposals),
    child_view: told(draft) ? tidy(draft.child_view) : '',
    child_view_choice: draft.child_view_choice,
    heard: draft.heard
  };
}

/** The note as the family will see it. */
export function preview(draft: Draft, author: Author, people: readonly Member[]): Note {
  return {
    ...written(draft),
    id: draft.id,
    seq: 0,
    version: 1,
    at: '',
    written_at: '',
    author,
    template: draft.template,
    heard: people.filter((person) => draft.heard.includes(person.membership)),
    earlier: [],
    responses: [],
    may_correct: false
  };
}

const HEARD: readonly string[] = ['custody_holder', 'parent', 'foster_parent'];

/** The adults whose view can be in a note; whoever has left stays in the list only if he is named already. */
export function adults(people: readonly Member[], heard: readonly string[]): Member[] {
  const here = present(people);
  return people.filter(
    (person) => HEARD.includes(person.role) && (here.includes(person) || heard.includes(person.membership))
  );
}

export interface Point {
  what: 'resources' | 'proposals' | 'child_view' | 'heard';
  /** Whose view, for `heard`. */
  name: string;
  done: boolean;
}

/** Is it all there? Only the resources must be. */
export function points(draft: Draft, people: readonly Member[]): Point[] {
  const custody = present(people).filter((person) => person.role === 'custody_holder');
  return [
    { what: 'resources', name: '', done: shows(draft.resources) },
    { what: 'proposals', name: '', done: shows(draft.proposals) },
    { what: 'child_view', name: '', done: draft.child_view_choice !== 'none' },
    ...custody.map(({ membership, name }) => ({ what: 'heard' as const, name, done: draft.heard.includes(membership) }))
  ];
}
