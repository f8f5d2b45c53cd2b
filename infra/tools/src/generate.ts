import { accessMatrix } from './generate/access-matrix.ts';
import { apiSchemaFile } from './generate/api-schema.ts';
import { deploymentFiles } from './generate/deployment-files.ts';
import { contractDocuments } from './generate/event-documents.ts';
import { check, write, type GeneratedFile } from './generate/generated-file.ts';
import { manifestFile } from './generate/manifest.ts';
import { natsConfigurationFile } from './generate/nats-configuration.ts';
import { stripeParametersFile } from './generate/stripe-parameters.ts';
import { restFiles } from './generate/rest-files.ts';
import { subgraphSchemas } from './generate/subgraph-schemas.ts';
import { typedDocuments } from './generate/typed-documents.ts';
import { checksumsFile } from './migrations/checksums.ts';
import { committedApiSchema, committedSupergraph, OPERATIONS_FOLDER } from './operations/committed-operations.ts';
import { OperationProblems } from './operations/operation-problems.ts';
import { readOperations } from './operations/read-operations.ts';

/**
 * With `--check`, `npm run generate` writes nothing. It lists the files that are not up to date, and fails when there
 * are any.
 */
const checking = process.argv.includes('--check');

async function generate(): Promise<void> {
  await finish([...(await subgraphSchemas()), checksumsFile(), stripeParametersFile(), ...(await deploymentFiles())]);
  await finish([...(await contractDocuments()), natsConfigurationFile()]);
  const apiSchema = await committedApiSchema();
  const supergraph = await committedSupergraph();
  const book = await readOperations(OPERATIONS_FOLDER, apiSchema);
  await finish([
    apiSchemaFile(apiSchema),
    accessMatrix(apiSchema, supergraph),
    manifestFile(book.operations),
    ...(await restFiles(book, apiSchema, supergraph, OPERATIONS_FOLDER)),
  ]);
  // The typed documents come last, because they are generated from the API schema.
  await finish(await typedDocuments());
}

async function finish(files: readonly GeneratedFile[]): Promise<void> {
  for (const file of files) {
    const upToDate = await (checking ? check(file) : write(file));
    if (upToDate) continue;
    console.log(checking ? `${file.path} is not up to date: run \`npm run generate\`` : `wrote ${file.path}`);
    if (checking) process.exitCode = 1;
  }
}

try {
  await generate();
} catch (error) {
  if (!(error instanceof OperationProblems)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
