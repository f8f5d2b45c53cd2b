#!/usr/bin/env bash
# npm 11.19.1: of two packages with a command of the same name, `npm install` and `npm ci` link different ones into node_modules/.bin.
#
# One run of npm links the packages that it installs in the order of their paths, and the first one keeps the name: "sort the queue
# by node path, so that the module-local collision detector in bin-links will always resolve the same way" (@npmcli/arborist,
# rebuild.js). A later run knows nothing of the first one and replaces the link. So the package that was added last owns the command
# on the machine where it was added, and the package whose path sorts first owns it after `npm ci` from the very same
# package-lock.json. npm warns of neither. An alias such as `@typescript/native` takes `tsc` from `typescript` itself,
# since `@` sorts before letters.
#
# Instead: call such a command by its path, `node node_modules/typescript/bin/tsc`, or have one package with that command.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tool" "$folder/shop"
cd "$folder/tool"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund npm@11.19.1 || { echo 'cannot install the packages' >&2; exit 77; }
cd "$folder/shop"
npm() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" "$@" --no-audit --no-fund --loglevel=warn; }

# The link and the compiler behind it.
tsc() { echo "$1: $(readlink node_modules/.bin/tsc), $(node_modules/.bin/tsc --version)"; }

echo '{ "name": "shop", "private": true, "devDependencies": { "@typescript/native": "npm:typescript@7.0.2" } }' >package.json
npm install >../log 2>&1 || { cat ../log >&2; exit 77; }
echo "npm $(npm --version)"
{
  tsc 'one package'
  npm install --save-dev --save-exact typescript@5.9.3 >../log 2>&1 || exit 77
  tsc 'npm install typescript'
  cp package-lock.json ../lock
  npm ci >>../log 2>&1 || exit 77
  tsc 'npm ci'
  cmp -s package-lock.json ../lock && echo 'package-lock.json: the same'
  echo "lines of output about the command: $(grep -ciE 'tsc|\bbin\b|conflict|EEXIST' ../log || true)"
} | tee ../seen
diff - ../seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
one package: ../@typescript/native/bin/tsc, Version 7.0.2
npm install typescript: ../typescript/bin/tsc, Version 5.9.3
npm ci: ../@typescript/native/bin/tsc, Version 7.0.2
package-lock.json: the same
lines of output about the command: 0
EXPECTED
