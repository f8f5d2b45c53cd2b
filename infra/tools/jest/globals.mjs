/**
 * Replaces the module `@jest/globals`. Modules that several test files import stay loaded, so the exports are live
 * bindings, which always refer to the running test file.
 */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** Sets the exports when a test file starts. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
