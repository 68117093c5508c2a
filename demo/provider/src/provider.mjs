// The demo's identity provider: a real OpenID provider (npm oidc-provider) whose login page is a list of invented people.
// It stands where MitID and the municipality's own login stand in production, so that the app needs no door of its own.
//
//   PORT, HOST      where to listen (8001 on 127.0.0.1)
//   ISSUER          its public address (http://localhost:PORT)
//   PERSONAS        JSON [{key, name, group, says, email, email_verified?, birthdate?, acr?}]; `key` is the subject
//   CLIENTS         JSON [{client_id, client_secret, redirect_uris[], post_logout_redirect_uris[], backchannel_logout_uri, group}]
//   KEYS_FILE       where the signing and cookie keys are kept, so that a restart breaks nobody's login (else new each start)
//
// Only the authorization code flow, PKCE (S256) always, client_secret_basic. A `login_hint` that names a persona signs in
// without a click and wins over whoever was signed in. Logout needs no confirmation when the client can be told.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { configure } from './configure.mjs';
import { loadKeys } from './keys.mjs';
import { interactions } from './interactions.mjs';
import { securityHeaders } from './pages.mjs';

const { PORT = '8001', HOST = '127.0.0.1', ISSUER = `http://localhost:${PORT}`, KEYS_FILE } = process.env;
const personas = new Map(JSON.parse(process.env.PERSONAS ?? '[]').map((persona) => [persona.key, persona]));
const clients = JSON.parse(process.env.CLIENTS ?? '[]');

const provider = new Provider(ISSUER, configure({ personas, clients, keys: loadKeys(KEYS_FILE) }));
// Every ID token names the session at the provider, as brokers do; oidc-provider else does so only for back-channel logout.
provider.Client.prototype.includeSid = () => true;
provider.proxy = ISSUER.startsWith('https:');
provider.use(securityHeaders(clients));
provider.use(interactions({ provider, personas, clients }));

const server = createServer(provider.callback());
server.on('error', (error) => {
  console.error(`demo provider: cannot listen on ${HOST}:${PORT} (${error.code})`);
  process.exit(1);
});
server.listen(Number(PORT), HOST, () => console.log(`demo provider: ${personas.size} people at ${ISSUER}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
