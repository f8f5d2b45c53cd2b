'use strict';
// What the npm scripts call: `node infra/launcher/souk.cjs start|gateway|test|demo|build`. On a fresh clone this runs on
// whatever Node the machine has, so this file keeps to syntax that a very old one can read and says what is wrong.
var version = process.versions.node;

if (Number(version.split('.')[0]) < 20) {
  console.error(
    'Souk needs Node 20 or newer; this is Node ' +
      version +
      '. Get one from https://nodejs.org, then run the same command again.',
  );
  process.exit(1);
}
void import('./bootstrap/main.mjs').then(function (bootstrap) {
  return bootstrap.main(process.argv.slice(2));
});
