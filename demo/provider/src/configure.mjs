import { interactionPolicy } from 'oidc-provider';
import { errorPage, goodbyePage, logoutPage } from './pages.mjs';
import { Store } from './store.mjs';

const NSIS = 'https://data.gov.dk/concept/core/nsis/loa/';
const LEVELS = ['Low', 'Substantial', 'High'].map((level) => NSIS + level);
export const USUAL_LEVEL = LEVELS[1];
const HOURS = 60 * 60;

const { Check, base } = interactionPolicy;

// Who signs in: the hint wins over the session, and a session of another group is asked again, as at a real broker where
// a citizen's session opens no staff door.
function policy(personas, groupOf) {
  const prompts = base();
  prompts.get('login').checks.add(
    new Check('another_person', 'another person was asked for', ({ oidc }) => {
      const signedIn = personas.get(oidc.session.accountId);
      const hinted = personas.get(oidc.params.login_hint);
      if (!signedIn || oidc.result?.login) return Check.NO_NEED_TO_PROMPT;
      return hinted ? hinted !== signedIn : signedIn.group !== groupOf.get(oidc.client.clientId);
    }),
  );
  return prompts;
}

async function grantWhatIsAsked(ctx) {
  const { client, session, provider, params } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

function account(personas) {
  return (ctx, key) => {
    const persona = personas.get(key);
    if (!persona) return undefined;
    const { name, email, email_verified = true, birthdate } = persona;
    return { accountId: key, claims: () => ({ sub: key, name, email, email_verified, birthdate }) };
  };
}

// Tells every client that the person came to, in the back; one that does not answer keeps nobody logged in here.
async function tellClients({ session, provider }) {
  const told = Object.keys(session.authorizations ?? {}).map(async (clientId) => {
    const client = await provider.Client.find(clientId);
    if (client?.backchannelLogoutUri) await client.backchannelLogout(session.accountId, session.sidFor(clientId));
  });
  for (const { reason } of await Promise.allSettled(told)) if (reason) console.error(`demo provider: ${reason.message}`);
}

async function logout(ctx, form) {
  const { client, session, params, provider } = ctx.oidc;
  if (!client) {
    ctx.body = logoutPage(form);
    return;
  }
  await tellClients(ctx.oidc);
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null);
  const back = params.post_logout_redirect_uri ? new URL(params.post_logout_redirect_uri) : undefined;
  if (back && params.state !== undefined) back.searchParams.set('state', params.state);
  ctx.status = 303;
  ctx.redirect(back?.href ?? ctx.oidc.urlFor('end_session_success'));
}

// The same for every installation: one flow, one client authentication, PKCE always.
const FIXED = {
  adapter: Store,
  acrValues: LEVELS,
  allowOmittingSingleRegisteredRedirectUri: false,
  claims: { openid: ['sub', 'acr', 'auth_time', 'sid'], profile: ['name', 'birthdate'], email: ['email', 'email_verified'] },
  clientAuthMethods: ['client_secret_basic'],
  clientBasedCORS: () => false,
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: logout, postLogoutSuccessSource: goodbyePage },
  },
  // The library refuses to call this machine itself, which is where the demo's app is.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  loadExistingGrant: grantWhatIsAsked,
  pkce: { required: () => true },
  renderError: errorPage,
  responseTypes: ['code'],
  scopes: ['openid', 'profile', 'email'],
  ttl: { AccessToken: 10 * 60, AuthorizationCode: 60, IdToken: 10 * 60, Interaction: 30 * 60, Session: 10 * HOURS, Grant: 10 * HOURS },
};

export function configure({ personas, clients, keys }) {
  const groupOf = new Map(clients.map(({ client_id, group }) => [client_id, group]));
  return {
    ...FIXED,
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookies,
      names: { session: 'demo_idp', interaction: 'demo_idp_step', resume: 'demo_idp_resume' },
    },
    clients: clients.map(({ group, ...client }) => ({
      ...client,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    })),
    findAccount: account(personas),
    interactions: { policy: policy(personas, groupOf), url: (ctx, { uid }) => `/interaction/${uid}` },
  };
}
