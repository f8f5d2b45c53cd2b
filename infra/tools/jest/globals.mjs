/**
 * The module `@jest/globals` of native tests. The exports are live bindings: helpers that many test files import stay loaded, and use the
 * globals of the file that runs.
 */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, fdescribe, fit, it, jest, test, xdescribe, xit, xtest;

/** Sets the exports for the test file that begins. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } = globals);
  ({ fdescribe, fit, it, xdescribe, xit, xtest } = globals);
}
