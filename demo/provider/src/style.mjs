export const style = `
:root { color-scheme: light; --ink: #1a1a1a; --quiet: #545454; --line: #8a9299; --blue: #1f5b8f; --green: #2c6650; --plum: #6d3f6b; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f6; color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2rem 0 0; font-size: 1.25rem; }
p { margin: 0 0 1rem; }
.hint { margin: 0 0 .75rem; color: var(--quiet); }
.notice { padding: .75rem 1rem; border-left: .375rem solid var(--blue); background: #fff; }
code { overflow-wrap: anywhere; }
ul { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
button { min-height: 2.75rem; border-radius: .375rem; font: inherit; cursor: pointer; }
li button { display: flex; gap: .875rem; align-items: center; width: 100%; padding: .75rem; border: 1px solid var(--line); background: #fff;
  color: inherit; text-align: left; }
li button:hover { border-color: var(--blue); box-shadow: 0 0 0 1px var(--blue); }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.face { flex: none; width: 2.75rem; height: 2.75rem; border-radius: 50%; background: var(--blue); color: #fff; font-weight: 600; line-height: 2.75rem;
  text-align: center; }
.face.staff { background: var(--green); }
.face.schools { background: var(--plum); }
.who { display: grid; min-width: 0; overflow-wrap: anywhere; }
.who > span { color: var(--quiet); }
.cancel { margin-top: 1.5rem; padding: .5rem 0; border: 0; background: none; color: var(--blue); text-decoration: underline; }
.primary { padding: .5rem 1.5rem; border: 0; background: var(--blue); color: #fff; font-weight: 600; }
@media (min-width: 48rem) { main { max-width: 52rem; padding-top: 3rem; } ul { grid-template-columns: 1fr 1fr; } }
@media (forced-colors: active) { .face { border: 1px solid; } }
`;
