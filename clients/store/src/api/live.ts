import { createLiveClient } from '@souk/sdk';
import { headers, url } from './clients.ts';

/** The client for subscriptions. Only order pages load this file. */
export const live = createLiveClient({ url, headers });
