import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/**
 * A Jest environment without a sandbox. Tests use the globals of the process. Teardown restores the globals, because
 * jest-circus stores its state in them, and Jest replaces `console` and `process.exit`.
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

  /** Jest requires this method. Null means that tests do not run in a `node:vm` context. */
  getVmContext() {
    return null;
  }

  /** Restores the real timers before Jest measures the duration of the file. */
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
