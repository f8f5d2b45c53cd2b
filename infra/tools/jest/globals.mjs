/**
 * The module `@jest/globals` of native tests. The exports are live bindings: helpers that many test files import stay loaded, and use the
 * globals of the file that runs.
 */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** Sets the exports for the test file that begins. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
