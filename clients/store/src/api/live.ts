import { createLiveClient } from '@souk/sdk';
import { headers, url } from './clients.ts';

/**
 * Client for subscriptions. Only order pages import this file, which keeps the client out of the other pages'
 * JavaScript.
 */
export const live = createLiveClient({ url, headers });
