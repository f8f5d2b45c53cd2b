// Dockerfile rules that its linter does not have. The DL numbers come from hadolint
// (https://github.com/hadolint/hadolint/wiki).

const SHELL_FORM = /^(?!\[)/;

/** Rules for instructions. A rule returns true, or the problem as text. */
export const INSTRUCTION_RULES = {
  'absolute folders (DL3000)': ({ keyword, text }) =>
    keyword !== 'WORKDIR' || text.startsWith('/') || `has to name an absolute folder, not ${text}`,
  'no change of folder (DL3003)': ({ keyword, text }) =>
    keyword !== 'RUN' || !/(^|[;&|]\s*)cd\s/.test(text) || 'has to use WORKDIR instead of cd',
  'no change of user (DL3004)': ({ keyword, text }) =>
    keyword !== 'RUN' || !/(^|[;&|]\s*)(sudo|su)\s/.test(text) || 'must not change the user',
  'base images (DL3006)': ({ keyword, text }, stages) =>
    keyword !== 'FROM' ||
    text.startsWith('${NODE_IMAGE}') ||
    stages.includes(text.split(/\s+/)[0]) ||
    `has to start from NODE_IMAGE or an earlier stage, not ${text}`,
  'locked packages (DL3016)': ({ keyword, text }) =>
    keyword !== 'RUN' ||
    !/(^|[;&|]\s*)(npm (i|install|update|add|exec)|npx|apt(-get)?|apk|yum|curl|wget|pip3?)\s/.test(text) ||
    'may install packages by npm ci only',
  'no archives from elsewhere (DL3020)': ({ keyword }) => keyword !== 'ADD' || 'has to be COPY',
  'stages that exist (DL3022)': ({ keyword, text }, stages) => {
    const stage = keyword === 'COPY' ? /--from=(\S+)/.exec(text)?.[1] : undefined;
    return stage === undefined || stages.includes(stage) || `copies from the unknown stage ${stage}`;
  },
  'signals (DL3025)': ({ keyword, text }) => {
    const command = keyword === 'HEALTHCHECK' ? /\bCMD\s+(.*)$/.exec(text)?.[1] : text;
    const runs = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword) && command !== undefined;
    return !runs || !SHELL_FORM.test(command) || 'has to be a JSON array: a shell passes on no signals';
  },
  'failing pipes (DL4006)': ({ keyword, text }) =>
    keyword !== 'RUN' || !/[^|]\|[^|]/.test(text) || /\bpipefail\b/.test(text) || 'hides a failure in a pipe',
  'no secrets': ({ keyword, text }) =>
    !['ARG', 'ENV'].includes(keyword) || !/(PASSWORD|SECRET|TOKEN|_KEY)\w*(=|\s|$)/.test(text) || 'holds a secret',
};

/** An instruction that violates each rule. */
export const INSTRUCTION_SEEDS = {
  'absolute folders (DL3000)': 'WORKDIR souk',
  'no change of folder (DL3003)': 'RUN ls && cd /souk',
  'no change of user (DL3004)': 'RUN sudo ls',
  'base images (DL3006)': 'FROM node:latest',
  'locked packages (DL3016)': 'RUN npm install express',
  'no archives from elsewhere (DL3020)': 'ADD https://example.test/souk.tar.gz /souk',
  'stages that exist (DL3022)': 'COPY --from=nowhere /souk ./',
  'signals (DL3025)': 'HEALTHCHECK --interval=10s CMD node health.js',
  'failing pipes (DL4006)': 'RUN npm sbom | tee sbom.json',
  'no secrets': 'ENV NATS_PASSWORD=secret',
};

/** Lists every violated rule as a sentence. */
export function instructionProblems(file, dockerfile) {
  const instructions = instructionsOf(dockerfile);
  const stages = instructions.flatMap(({ keyword, text }) =>
    keyword === 'FROM' ? [/\sAS\s+(\S+)$/i.exec(text)?.[1] ?? ''] : [],
  );
  return [
    ...instructions.flatMap((each) =>
      Object.values(INSTRUCTION_RULES)
        .map((rule) => rule(each, stages))
        .filter((verdict) => verdict !== true)
        .map((verdict) => `${file} ${each.keyword} ${verdict}`),
    ),
    ...blindRules(stages),
  ];
}

/** The instructions of the Dockerfile without comments. Continued lines are joined. */
function instructionsOf(dockerfile) {
  return dockerfile
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => /^(\S+)\s+(.*)$/.exec(line.trim()))
    .map(([, keyword, text]) => ({ keyword: keyword.toUpperCase(), text }));
}

/** Lists rules that do not find their seeded violation. Such a rule passes every Dockerfile. */
function blindRules(stages) {
  return Object.entries(INSTRUCTION_RULES)
    .filter(([name, rule]) => rule(instructionsOf(INSTRUCTION_SEEDS[name])[0], stages) === true)
    .map(([name]) => `the Dockerfile rule "${name}" does not find its seeded violation`);
}
