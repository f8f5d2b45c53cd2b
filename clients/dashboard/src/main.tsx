import '@souk/ui/style.css';
import { applyStoredTheme } from '@souk/ui';
import { createRoot } from 'react-dom/client';

applyStoredTheme();
const root = document.querySelector('#root');
if (root) createRoot(root).render(<main />);
