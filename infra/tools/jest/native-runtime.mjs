import Runtime from 'jest-runtime';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import 'reflect-metadata';
import { setGlobals } from './globals.mjs';

const GLOBALS = new URL('globals.mjs', import.meta.url).href;
const TRANSFORM = {
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/** Jest's transformer and export conditions, equal for every file of a run. */
let running = { conditions: [], transformer: undefined };
/** Paths of source maps, by the URL of the source. */
const sourceMaps = new Map();
const begun = new Set();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: GLOBALS, format: 'module', shortCircuit: true };
    return next(specifier, { ...context, conditions: [...context.conditions, ...running.conditions] });
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const { code, sourceMapPath } = running.transformer.transform(fileURLToPath(url), TRANSFORM);
    sourceMaps.set(url, sourceMapPath);
    return { source: code, format: 'module', shortCircuit: true };
  },
});

/**
 * A Jest runtime in which Node itself loads modules, once per worker. Jest's own runtime loads all modules again for
 * every test file, which takes more time than the tests. See docs/testing.md.
 */
export default class NativeRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, ...rest) {
    super(config, environment, resolver, transformer, ...rest);
    running = { transformer, conditions: environment.exportConditions() };
  }

  /** Does nothing. Jest's own implementation would replace a function of `process`. */
  installGetBuiltinModule() {}

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    if (begun.has(path))
      throw new Error(`${path} is loaded already: a worker runs a test file once, so --watch cannot work`);
    begun.add(path);
    setGlobals(this.requireModuleOrMock(path, '@jest/globals'));
    return import(pathToFileURL(path).href);
  }

  /** Loads jest-circus again for each test file, because its state belongs to one file. */
  requireInternalModule(path) {
    const require = createRequire(path);
    delete require.cache[path];
    return require(path);
  }

  getSourceMaps() {
    return sourceMaps;
  }
}
