import { describe, expect, it } from 'vitest';
import { Drafts, type Store } from './drafts';

class Memory implements Store {
  kept = new Map<string, string>();
  get length() {
    return this.kept.size;
  }
  key(index: number) {
    return [...this.kept.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.kept.set(key, value);
  }
  removeItem(key: string) {
    this.kept.delete(key);
  }
}

describe('drafts', () => {
  it('come back only to the same person in the same place', () => {
    const drafts = new Drafts(new Memory());
    drafts.write('mother', 'thread/message', 'hej');
    expect(drafts.read('mother', 'thread/message')).toBe('hej');
    expect(drafts.read('father', 'thread/message')).toBeNull();
    expect(drafts.read('mother', 'other/message')).toBeNull();
  });

  it('of one place go together', () => {
    const drafts = new Drafts(new Memory());
    drafts.write('mother', 'a/message', '1');
    drafts.write('mother', 'a/note', '2');
    drafts.write('mother', 'b/message', '3');
    drafts.clearUnder('mother', 'a');
    expect([drafts.read('mother', 'a/message'), drafts.read('mother', 'a/note')]).toEqual([null, null]);
    expect(drafts.read('mother', 'b/message')).toBe('3');
  });

  it('are all gone at logout, and nothing else is', () => {
    const store = new Memory();
    store.setItem('rundtom.language', 'en');
    const drafts = new Drafts(store);
    drafts.write('mother', 'a', '1');
    drafts.write('father', 'b', '2');
    drafts.clearAll();
    expect([...store.kept.keys()]).toEqual(['rundtom.language']);
  });

  it('of one person do not wait for the next', () => {
    const drafts = new Drafts(new Memory());
    drafts.write('mother', 'a', '1');
    drafts.write('father', 'a', '2');
    drafts.keepOnly('father');
    expect([drafts.read('mother', 'a'), drafts.read('father', 'a')]).toEqual([null, '2']);
  });

  it('never stop anyone from typing', () => {
    const full = new Memory();
    full.setItem = () => {
      throw new Error('quota');
    };
    expect(() => new Drafts(full).write('mother', 'a', '1')).not.toThrow();
    const broken = new Memory();
    broken.kept.set('rundtom.draft:mother:a', '{');
    expect(new Drafts(broken).read('mother', 'a')).toBeNull();
  });
});
