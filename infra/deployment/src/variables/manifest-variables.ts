import { declaredSettings } from '@souk/kit/manifest';
import { z } from 'zod';

/** The part of a manifest that declares settings. */
type WithSettings = { readonly name: string; readonly settings: z.ZodObject };

/** The environment variables of the settings that manifests declare. An empty variable has the same effect as a missing variable. */
export function manifestVariables(manifests: readonly WithSettings[]): Readonly<Record<string, z.ZodType>> {
  const unset = (value: unknown) => (value === '' ? undefined : value);
  return Object.fromEntries(
    manifests.flatMap(declaredSettings).map(({ variable, schema }) => [variable, z.preprocess(unset, schema)]),
  );
}

/**
 * The settings of each subgraph by their keys. A setting whose variable is not set is absent.
 * @param read the environment, parsed by `manifestVariables`
 */
export function manifestSettings(
  manifests: readonly WithSettings[],
  read: object,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const values = new Map<string, unknown>(Object.entries(read));
  return Object.fromEntries(
    manifests.map((manifest) => [
      manifest.name,
      Object.fromEntries(
        declaredSettings(manifest)
          .map(({ key, variable }) => [key, values.get(variable)] as const)
          .filter(([, value]) => value !== undefined),
      ),
    ]),
  );
}
