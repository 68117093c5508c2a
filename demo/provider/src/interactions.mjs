// The login step: shows the people, takes the choice.

import { USUAL_LEVEL } from './configure.mjs';
import { expiredPage, pickerPage } from './pages.mjs';

const STEP = /^\/interaction\/[\w-]+$/;
const LONGEST_FORM = 1024;

async function readForm(req) {
  let body = '';
  for await (const chunk of req) {
    body += chunk;
    if (body.length > LONGEST_FORM) break;
  }
  return new URLSearchParams(body);
}

// A new person in the same browser ends the old one's session; oidc-provider would show a form in between.
async function endOtherSession(provider, ctx, step, key) {
  const session = await provider.Session.get(ctx);
  if (!session.accountId || session.accountId === key) return;
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null);
  delete step.session;
  await step.persist();
}

export function interactions({ provider, personas, clients }) {
  const groupOf = new Map(clients.map(({ client_id, group }) => [client_id, group]));

  async function finish(ctx, step, result) {
    if (result.login) await endOtherSession(provider, ctx, step, result.login.accountId);
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  }

  const signIn = (ctx, step, { key, acr = USUAL_LEVEL }) => finish(ctx, step, { login: { accountId: key, acr } });

  return async function interaction(ctx, next) {
    if (!STEP.test(ctx.path) || !['GET', 'POST'].includes(ctx.method)) return next();
    let step;
    try {
      step = await provider.interactionDetails(ctx.req, ctx.res);
    } catch {
      return expiredPage(ctx);
    }
    const { client_id: clientId, login_hint: hint } = step.params;
    if (ctx.method === 'GET' && personas.has(hint)) return signIn(ctx, step, personas.get(hint));
    if (ctx.method === 'GET') return pickerPage(ctx, [...personas.values()], groupOf.get(clientId));
    const chosen = personas.get((await readForm(ctx.req)).get('persona'));
    if (chosen) return signIn(ctx, step, chosen);
    return finish(ctx, step, { error: 'access_denied', error_description: 'the person chose to cancel' });
  };
}
