#!/usr/bin/env bash
# pdfkit 0.20.2: a title or an author with "&" or "<" makes a PDF/A whose XMP metadata is not XML, so the file is no PDF/A.
#
# The documentation says that `subset: 'PDF/A-3b'` creates a PDF/A, and that `info` takes the title of the document
# (https://pdfkit.org/docs/getting_started.html). PDF/A requires XMP metadata, which is XML. pdfkit inserts the texts of `info` without escaping
# them. A viewer shows the page, and the library reports no error.
#
# Instead: escape the texts between the Info dictionary, which is not XML, and the XMP metadata, and validate a file with veraPDF.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pdfkit@0.20.2 fast-xml-parser@5.2.5 \
  @expo-google-fonts/noto-sans@0.4.2 || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.mjs <<'JS'
import { XMLValidator } from 'fast-xml-parser';
import PDFDocument from 'pdfkit';

for (const Title of ['Smith and Sons', 'Smith & Sons', 'a < b']) {
  const font = 'node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf';
  const document = new PDFDocument({ subset: 'PDF/A-3b', pdfVersion: '1.7', font, info: { Title } });
  const chunks = [];
  document.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((done) => document.on('end', done));
  document.text('page');
  document.end();
  await ended;
  const [xmp] = /<x:xmpmeta[^]*<\/x:xmpmeta>/.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
  const isXml = XMLValidator.validate(xmp) === true && !/&(?!\w+;)/.test(xmp);
  console.log(`${Title}: XMP is ${isXml ? 'XML' : 'not XML'}`);
}
JS

echo "pdfkit $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/pdfkit/package.json")).version')"
node demo.mjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
Smith and Sons: XMP is XML
Smith & Sons: XMP is not XML
a < b: XMP is not XML
EXPECTED
