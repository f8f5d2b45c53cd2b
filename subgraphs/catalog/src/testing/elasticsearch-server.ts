import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestServer, type TestServer } from '@souk/kit/testing';

/** An Elasticsearch for one test file. `kill` keeps its data. */
export interface TestElasticsearch extends TestServer {
  readonly url: string;
  /** Stops the process (SIGSTOP). The kernel still accepts connections, but Elasticsearch does not answer. */
  freeze(): void;
  thaw(): void;
}

const LAUNCHER = fileURLToPath(new URL('../../../../infra/search-engine/', import.meta.url));
const OLDEST_JAVA = 21;
const JAVA_OPTIONS = ['-Xms512m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** The `java` program of the first JDK that is new enough. Null when the machine has none. */
function findJava(): string | null {
  const installed = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => `/usr/lib/jvm/${name}`) : [];
  const homes = [process.env['SOUK_JAVA_HOME'], process.env['JAVA_HOME'], ...installed];
  const home = homes.find((each) => each !== undefined && javaVersion(each) >= OLDEST_JAVA);
  return home === undefined ? null : join(home, 'bin/java');
}

/** The feature version of a JDK, from its file `release`. 0 when the folder is not a JDK. */
function javaVersion(home: string): number {
  const release = join(home, 'release');
  if (!existsSync(release) || !existsSync(join(home, 'bin/javac'))) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? 0);
}

const java = findJava();

/** Whether the tests can start an Elasticsearch on this machine. See `infra/search-engine/README.md`. */
export const HAS_ELASTICSEARCH = java !== null && existsSync(join(LAUNCHER, 'target/lib'));

/** Starts an empty Elasticsearch on a free port. Takes about five seconds. */
export async function startElasticsearch(): Promise<TestElasticsearch> {
  const server = await startTestServer({
    program: java ?? 'java',
    args: (port, folder) => [
      ...JAVA_OPTIONS,
      '-cp',
      join(LAUNCHER, 'target/lib/*'),
      join(LAUNCHER, 'SearchEngine.java'),
      join(LAUNCHER, 'target'),
      folder,
      String(port),
    ],
    printsWhenReady: 'Elasticsearch is ready',
  });
  return Object.assign(server, {
    url: `http://127.0.0.1:${server.port}`,
    freeze: () => void process.kill(server.pid, 'SIGSTOP'),
    thaw: () => void process.kill(server.pid, 'SIGCONT'),
  });
}
