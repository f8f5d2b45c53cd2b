import { appConfig } from '@souk/ui/vite';
import { defineConfig } from 'vite';

export default defineConfig(appConfig('/store/'));
