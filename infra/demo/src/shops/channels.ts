import type { DemoChannel } from './demo.types.ts';

export const demoChannels: readonly DemoChannel[] = [
  { code: 'web', name: 'Web shop' },
  { code: 'marketplace', name: 'Marketplace' },
];

export const acmeChannels: readonly DemoChannel[] = [{ code: 'web', name: 'Web shop' }];
