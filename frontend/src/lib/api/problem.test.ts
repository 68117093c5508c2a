import { describe, expect, it } from 'vitest';
import { loginPath, safeNext } from './next';
import { asProblem, errorKey, Problem, problemFrom } from './problem';

describe('what went wrong', () => {
  it('is read from problem+json', () => {
    const problem = problemFrom(422, { code: 'invalid', fields: [{ field: 'text', code: 'string_too_long' }] });
    expect(problem).toMatchObject({ code: 'invalid', status: 422, textKey: 'error.invalid' });
    expect(problem.fields).toHaveLength(1);
  });

  it('is told from the status when a proxy answers', () => {
    expect(problemFrom(502, '<html>').code).toBe('unreachable');
    expect(problemFrom(418, undefined).textKey).toBe('error.internal');
  });

  it('has a text for every code of the contract', () => {
    const codes =
      'not_logged_in not_allowed wrong_origin not_found method_not_allowed circle_changed thread_closed already_settled message_withdrawn family_stays invitation_unusable too_large invalid id_reused family_missing too_many internal database_down provider_down login_refused login_level login_expired issuer_unknown';
    for (const code of codes.split(' ')) expect(errorKey(code)).toBe(`error.${code}`);
  });

  it('passes by itself or not', () => {
    expect(asProblem(new TypeError('failed to fetch'))).toMatchObject({ code: 'offline', passing: true });
    expect(new Problem('database_down', 503).passing).toBe(true);
    expect(new Problem('circle_changed', 409).passing).toBe(false);
  });
});

describe('the way back after login', () => {
  it('is kept', () => {
    expect(loginPath({ pathname: '/cases/1', search: '?a=b' })).toBe('/login?next=%2Fcases%2F1%3Fa%3Db');
    expect(loginPath({ pathname: '/', search: '' })).toBe('/login');
  });

  it('never leads off the site', () => {
    expect(['//evil.example', '/\\evil.example', 'https://evil.example', null, '/login'].map(safeNext)).toEqual(
      Array(5).fill('/')
    );
    expect(safeNext('/invitation')).toBe('/invitation');
  });
});
