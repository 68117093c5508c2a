export type Values = Record<string, string | number>;

const plurals = new Map<string, Intl.PluralRules>();

function rules(language: string): Intl.PluralRules {
  let found = plurals.get(language);
  if (!found) plurals.set(language, (found = new Intl.PluralRules(language)));
  return found;
}

export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A key with `_one` and `_other` beside it is chosen by `count`; every other key is looked up as it stands. */
export function resolve(catalogue: Record<string, string>, language: string, key: string, values: Values): string {
  const count = values.count;
  const plural = typeof count === 'number' ? catalogue[`${key}_${rules(language).select(count)}`] : undefined;
  return fill(plural ?? catalogue[key] ?? catalogue[`${key}_other`] ?? key, values);
}
