const COLORS = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --brand: #b5502b; }
* { box-sizing: border-box; }
body { margin: 0; }
#bar { display: flex; gap: 1.25rem; align-items: center; height: 2.5rem; padding: 0 1rem; overflow-x: auto; white-space: nowrap;
  font: 14px/1.4 system-ui, sans-serif; color: #fff; background: #1f4e5f; }
#bar a { color: inherit; }
`;

/** The style of the API reference page: space for the navigation bar, no advertising. */
export const REFERENCE_STYLE = `${COLORS}
:root { --scalar-custom-header-height: 2.5rem; }
#bar { position: sticky; top: 0; z-index: 100; }
noscript { font: 15px/1.55 system-ui, sans-serif; padding: 1rem; display: block; }
#reference a[href*="scalar.com"] { display: none; }
`;

/** The style of pages without scripts. The style is constant, because the content security policy of the pages contains its hash. */
export const DOCUMENT_STYLE = `${COLORS}
body { font: 15px/1.55 system-ui, sans-serif; }
main { margin: 0 auto; padding: 1rem 1.5rem 6rem; max-width: 76rem; }
h1 { font-size: 2rem; letter-spacing: -0.02em; }
h2 { margin-top: 3rem; padding-bottom: 0.3rem; border-bottom: 2px solid var(--brand); }
main a { color: inherit; text-decoration-color: var(--brand); text-underline-offset: 0.2em; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.92em; }
pre { margin: 0; padding: 0.8rem; background: var(--soft); border-radius: 6px; overflow: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; margin: 0.6rem 0; }
th { text-align: left; font-weight: 600; opacity: 0.7; }
th, td { padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.steps { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem 1.25rem; }
.steps > * { grid-column: 1 / -1; margin-block: 0; }
.steps > h2 { margin-top: 2.5rem; }
.steps > .rest { grid-column: 1; }
.steps > .graphql { grid-column: 2; }
figure { margin: 0; }
figure p { margin: 0.3rem 0 0; font-size: 13.5px; }
figure pre { white-space: pre-wrap; overflow-wrap: anywhere; }
figcaption { font-size: 13px; font-weight: 600; opacity: 0.7; }
tr { scroll-margin-top: 1rem; }
tr:target { background: color-mix(in srgb, var(--brand) 25%, transparent); }
@media (max-width: 40rem) {
  main { padding: 1rem; }
  .steps { grid-template-columns: minmax(0, 1fr); }
  .steps > .graphql { grid-column: 1; }
  table, tbody { display: block; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 0.8rem; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: 0; overflow-wrap: anywhere; }
  td:last-child { flex-basis: 100%; }
}
@media print { #bar { display: none; } }
`;
