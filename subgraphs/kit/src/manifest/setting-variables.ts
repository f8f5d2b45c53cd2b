import { z } from 'zod';

/** The environment variable of a setting, by the schema of the setting in its manifest. Settings without one are for tests. */
export const settingVariables = z.registry<{ readonly variable: string }>();

/** The settings of a manifest that a deployment may set: the schema of each, by its variable and its key. */
export interface DeclaredSetting {
  readonly key: string;
  readonly variable: string;
  readonly schema: z.ZodType;
}

/** The settings that the environment of a process sets. */
export function declaredSettings({ settings }: { readonly settings: z.ZodObject }): readonly DeclaredSetting[] {
  return Object.entries(settings.shape).flatMap(([key, schema]) => {
    const found = schema instanceof z.ZodType ? settingVariables.get(schema) : undefined;
    return found && schema instanceof z.ZodType ? [{ key, schema, ...found }] : [];
  });
}
