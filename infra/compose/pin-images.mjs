// Writes infra/compose/.env with the present digests of the tags in compose.yaml. Docker Compose reads the file and
// then runs exactly these images. Needs docker with buildx, and access to the registries.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('.', import.meta.url).pathname;
const IMAGE = /^ {4}image: \$\{([A-Z_]+_IMAGE):-([^}]+)\}$/gm;

// Keyed by variable, because two services may run the same image.
const images = new Map(
  [...readFileSync(`${FOLDER}compose.yaml`, 'utf8').matchAll(IMAGE)].map(([, variable, image]) => [variable, image]),
);
const lines = [...images].map(([variable, image]) => {
  const name = image.slice(0, image.lastIndexOf(':'));
  return `${variable}=${name}@${digestOf(image)}`;
});
// The variables in the file that do not name an image are kept.
const others = existsSync(`${FOLDER}.env`) ? readFileSync(`${FOLDER}.env`, 'utf8').split('\n').filter(isOther) : [];
writeFileSync(`${FOLDER}.env`, `${[...others, ...lines].join('\n')}\n`);
console.log(`${lines.length} images are pinned in ${FOLDER}.env`);

function isOther(line) {
  return line.trim() !== '' && !/^[A-Z_]+_IMAGE=/.test(line);
}

function digestOf(image) {
  const inspect = ['buildx', 'imagetools', 'inspect', image, '--format', '{{.Manifest.Digest}}'];
  const { status, stdout, stderr, error } = spawnSync('docker', inspect, { encoding: 'utf8' });
  const digest = stdout?.trim() ?? '';
  if (status === 0 && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  console.error(
    `The digest of ${image} cannot be read, check the registry: ${error?.message ?? (stderr.trim() || digest)}`,
  );
  process.exit(1);
}
