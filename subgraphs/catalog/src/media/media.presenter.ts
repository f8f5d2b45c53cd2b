import type { RequestContext } from '@souk/kit/context';
import type { StoredMedia } from './media.repository.ts';
import type { MediaUpdateInput } from './media.inputs.ts';
import type { MediaUpdate } from './media.service.ts';
import { altIn } from './media.ts';
import type { MediaType } from './media.types.ts';

/** The GraphQL fields of a picture, with its alternative text in the language of the request. */
export function presentMedia({ locale }: Pick<RequestContext, 'locale'>, stored: StoredMedia): MediaType {
  const { state, variants: _variants, url: _url, ...fields } = stored;
  return { ...fields, status: state, alt: altIn(locale, stored.alt, stored.altTranslations), stored };
}

/** Converts the input of an update to a change. */
export function updateOf({ altTranslations, focalPoint, ...input }: MediaUpdateInput): MediaUpdate {
  return {
    ...input,
    ...(altTranslations !== undefined && { altTranslations }),
    ...(focalPoint && { focalPoint }),
  };
}
