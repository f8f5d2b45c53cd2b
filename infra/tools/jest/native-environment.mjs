import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/**
 * Jest's environment of native tests: the globals of the process itself. jest-circus keeps its state in them, and Jest replaces `console` and
 * `process.exit`, so the end of a file restores them.
 */
export default class NativeEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  #console = globalThis.console;
  #exit = process.exit;

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.exportConditions = () => projectConfig.testEnvironmentOptions.customExportConditions;
  }

  /** Jest requires the method. Native tests run in no context of `node:vm`. */
  getVmContext() {
    return null;
  }

  /** Jest measures the time of a file after its last test, so fake timers must be gone by then. */
  handleTestEvent({ name }) {
    if (name === 'run_finish') this.fakeTimersModern.useRealTimers();
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    globalThis.console = this.#console;
    process.exit = this.#exit;
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
      if (CIRCUS_STATE.has(key.description)) delete globalThis[key];
    }
  }
}

const CIRCUS_STATE = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS']);
