/** Of the reference page. A constant, because its hash stands in the page's content security policy. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --brand: #b5502b; }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 20rem minmax(0, 1fr); font: 15px/1.55 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: 13px; }
nav .home { font-weight: 700; font-size: 1.2rem; color: var(--brand); }
nav h2 { margin: 1.2rem 0 0.3rem; font-size: 12px; text-transform: uppercase; letter-spacing: 0.06em; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.15rem 0; overflow-wrap: anywhere; }
nav a { color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
main { padding: 1rem 3rem 6rem; max-width: 62rem; }
h1 { font-size: 2rem; letter-spacing: -0.02em; }
h1 small { font-size: 1rem; opacity: 0.6; font-weight: 400; }
main h2 { margin-top: 4rem; padding-bottom: 0.3rem; border-bottom: 2px solid var(--brand); text-transform: capitalize; }
section { padding: 1rem 0 2rem; border-bottom: 1px solid var(--line); }
h3 { margin: 0.5rem 0; font-size: 1.25rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 0.3rem; }
.route { display: flow-root; padding: 0.5rem 0.8rem; background: var(--soft); border-radius: 6px; overflow-wrap: anywhere; }
.route em { float: right; opacity: 0.7; font-size: 13px; }
code, pre, b[class] { font-family: ui-monospace, monospace; font-size: 0.92em; }
b[class] { color: var(--brand); }
b.get { color: #2e8b57; } b.delete { color: #c0392b; }
pre { padding: 0.8rem; background: var(--soft); border-radius: 6px; overflow: auto; max-height: 28rem; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; margin: 0.6rem 0; }
th { text-align: left; font-weight: 600; opacity: 0.7; }
th, td { padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th:not(:last-child), td:not(:last-child) { max-width: 18rem; min-width: 4.5rem; }
td:last-child { min-width: 12rem; }
td em { color: var(--brand); font-size: 12px; }
summary { cursor: pointer; padding: 0.2rem 0; }
.statuses { font-size: 13px; opacity: 0.7; }
tr:target, section:target h3 { background: color-mix(in srgb, var(--brand) 25%, transparent); }
@media (max-width: 60rem) {
  body { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem; }
}
@media (max-width: 40rem) {
  table, tbody { display: block; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 0.8rem; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  th, th:not(:last-child), td, td:not(:last-child) { border: 0; padding: 0; min-width: 0; max-width: 100%; overflow-wrap: anywhere; }
  td:last-child { flex-basis: 100%; min-width: 0; }
}
@media print { nav { display: none; } body { display: block; } }
`;
