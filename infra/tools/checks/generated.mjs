// Generated files are committed, so that a review shows a change of a schema or an operation. This check fails when generating changes a
// file.
import { spawnSync } from 'node:child_process';

const ROOT = new URL('../../../', import.meta.url).pathname;

const { status } = spawnSync('npm', ['run', '--silent', 'generate', '--', '--check'], { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
