// Fails when generated files are not up to date. Generated files are committed, so a review shows changes of schemas
// and operations.
import { spawnSync } from 'node:child_process';

const ROOT = new URL('../../../', import.meta.url).pathname;

const { status } = spawnSync('npm', ['run', '--silent', 'generate', '--', '--check'], { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
