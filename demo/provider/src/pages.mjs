// What the demo's login shows. No scripts of its own, no assets, one style element whose hash the policy names.

import { createHash } from 'node:crypto';
import { style } from './style.mjs';

const GROUPS = {
  citizens: ['Borgere', 'Familien og andre, der ikke er ansat'],
  staff: ['Ansatte i kommunen', 'Rådgivere, sundhedsplejerske, psykolog og andre'],
  schools: ['Skole og børnehave', 'Lærere og pædagoger'],
};

const STYLE_HASH = createHash('sha256').update(style).digest('base64');
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text) => String(text).replace(/[&<>"']/g, (char) => ENTITIES[char]);

function page(title, body) {
  return `<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;
}

function show(ctx, status, title, body) {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = page(title, body);
}

// A form may lead on to the clients: browsers hold a form's later redirects to `form-action` too.
export function securityHeaders(clients) {
  const uris = clients.flatMap((client) => [...client.redirect_uris, ...(client.post_logout_redirect_uris ?? [])]);
  const origins = [...new Set(uris.map((uri) => new URL(uri).origin))].join(' ');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "script-src 'self'", // oidc-provider adds the hash of its own submit line where it needs one
    `form-action 'self' ${origins}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    return next();
  };
}

function initials(name) {
  const words = name.split(' ');
  return words[0][0] + words.at(-1)[0];
}

function personButton({ key, name, says, group }) {
  return `<li><button name="persona" value="${safe(key)}">
<span class="face ${safe(group)}" aria-hidden="true">${safe(initials(name))}</span>
<span class="who"><strong>${safe(name)}</strong><span>${safe(says)}</span></span>
</button></li>`;
}

function groupSection(group, people) {
  const [title, text] = GROUPS[group] ?? [group, ''];
  return `<section aria-labelledby="group-${safe(group)}">
<h2 id="group-${safe(group)}">${safe(title)}</h2>
<p class="hint">${safe(text)}</p>
<ul>
${people.map(personButton).join('\n')}
</ul>
</section>`;
}

export function pickerPage(ctx, personas, firstGroup) {
  const groups = [...new Set([firstGroup, ...personas.map(({ group }) => group)])];
  const sections = groups
    .map((group) => [group, personas.filter((persona) => persona.group === group)])
    .filter(([, people]) => people.length > 0)
    .map(([group, people]) => groupSection(group, people));
  show(ctx, 200, 'Vælg en person – demoens login', `
<h1>Hvem vil du være?</h1>
<p class="notice"><strong>Dette er demoens login.</strong> Det er ikke MitID. Alle personer er opdigtede, og du skal ikke bruge kode.</p>
<form method="post">
${sections.join('\n')}
<p><button class="cancel" name="cancel" value="yes">Fortryd og gå tilbage</button></p>
</form>`);
}

export function expiredPage(ctx) {
  show(ctx, 400, 'Login er udløbet – demoens login', `
<h1>Login er udløbet</h1>
<p>Der gik for lang tid, eller login blev gjort færdigt i et andet vindue. Gå tilbage til siden, du kom fra, og log ind igen.</p>`);
}

export function errorPage(ctx, { error, error_description: description }) {
  show(ctx, ctx.status, 'Login kunne ikke gennemføres – demoens login', `
<h1>Login kunne ikke gennemføres</h1>
<p>Gå tilbage til siden, du kom fra, og prøv igen.</p>
<p class="hint">Til den tekniske hjælp: <code lang="en">${safe(error)}${description ? `: ${safe(description)}` : ''}</code></p>`);
}

export function logoutPage(form) {
  return page('Log ud – demoens login', `
<h1>Vil du logge ud?</h1>
${form}
<p><button class="primary" form="op.logoutForm" name="logout" value="yes">Log ud</button></p>
<p class="hint">Vil du blive logget ind, så luk vinduet.</p>`);
}

export function goodbyePage(ctx) {
  show(ctx, 200, 'Du er logget ud – demoens login', `
<h1>Du er logget ud</h1>
<p>Du kan lukke vinduet.</p>`);
}
