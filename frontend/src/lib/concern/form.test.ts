import { describe, expect, it } from 'vitest';
import { bodyOf, empty, faultsOf, type Form } from './form';

const whole: Form = {
  ...empty('1', 'j'),
  danger: 'no',
  child_name: ' Emil ',
  area: 'home',
  words: 'Han gemmer sig.',
  parents_told: 'yes'
};

describe('a notification', () => {
  it('asks for what it needs, and for why the parents do not know', () => {
    expect([...faultsOf(empty('1', 'j'))]).toEqual(['danger', 'child_name', 'area', 'words', 'parents_told']);
    expect([...faultsOf(whole)]).toEqual([]);
    expect([...faultsOf({ ...whole, parents_told: 'no' })]).toEqual(['parents_words']);
    expect([...faultsOf({ ...whole, parents_told: 'no', parents_words: 'De svarer ikke.' })]).toEqual([]);
  });

  it('is never sent when it is about danger', () => {
    expect(bodyOf(whole)).toMatchObject({ child_name: 'Emil', danger: false, employment: 'j' });
    expect(bodyOf({ ...whole, danger: 'yes' })).toBeNull();
    expect(bodyOf({ ...whole, danger: null })).toBeNull();
  });
});
