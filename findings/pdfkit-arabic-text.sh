#!/usr/bin/env bash
# pdfkit 0.20.2: an Arabic word of a PDF can be copied and searched as another word, although the page shows the right one.
#
# The documentation says that pdfkit embeds TrueType font files (https://pdfkit.org/docs/text.html#fonts). Noto Sans Arabic draws several letters with one shared glyph and separate dots: the
# letters of "teh" and "yeh" have one skeleton. pdfkit gives each glyph one text for the whole document, that of its first use. After
# a "yeh", every "teh" with the same skeleton is a "yeh" for a reader that extracts the text. The PDF shows no error.
#
# Instead: use a font with one glyph for each form of a letter, such as IBM Plex Sans Arabic, and extract the text in a test.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pdfkit@0.20.2 unpdf@1.8.1 @expo-google-fonts/noto-sans-arabic@0.4.3 \
  @expo-google-fonts/ibm-plex-sans-arabic@0.4.2 || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.mjs <<'JS'
import PDFDocument from 'pdfkit';
import { extractText } from 'unpdf';

const FONTS = {
  'Noto Sans Arabic': 'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'IBM Plex Sans Arabic': 'ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
};

for (const [name, file] of Object.entries(FONTS)) {
  const document = new PDFDocument({ font: `node_modules/@expo-google-fonts/${file}` });
  const chunks = [];
  document.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((done) => document.on('end', done));
  for (const word of ['يوم', 'تاريخ']) document.text(word);
  document.end();
  await ended;
  const { text } = await extractText(new Uint8Array(Buffer.concat(chunks)), { mergePages: true });
  console.log(`${name}: ${text.normalize('NFKC').match(/\p{L}+/gu).join(' ')}`);
}
JS

echo "pdfkit $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/pdfkit/package.json")).version'), written: يوم تاريخ"
node demo.mjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
Noto Sans Arabic: ي وم ي اري خ
IBM Plex Sans Arabic: يوم تاريخ
EXPECTED
