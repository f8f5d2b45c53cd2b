import {
  ArrowUpDown,
  BadgePercent,
  Boxes,
  FilePen,
  House,
  MessageSquareText,
  Package,
  Settings,
  ShoppingBag,
  Undo2,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { MessageKey } from '../i18n/en.ts';
import type { Scope } from '../session/session.ts';

/** A page in the sidebar and in the command palette. */
export interface PageLink {
  readonly path: string;
  readonly label: MessageKey;
  readonly icon: LucideIcon;
  /** The scope that the page requires. Null when every staff member may see the page. */
  readonly scope: Scope | null;
}

export const PAGES: readonly PageLink[] = [
  { path: '/', label: 'nav.home', icon: House, scope: null },
  { path: '/orders', label: 'nav.orders', icon: ShoppingBag, scope: 'orders:read' },
  { path: '/draft-orders', label: 'nav.drafts', icon: FilePen, scope: 'orders:read' },
  { path: '/returns', label: 'nav.returns', icon: Undo2, scope: 'orders:read' },
  { path: '/products', label: 'nav.products', icon: Package, scope: 'catalog:write' },
  { path: '/reviews', label: 'nav.reviews', icon: MessageSquareText, scope: 'reviews:read' },
  { path: '/imports', label: 'nav.imports', icon: ArrowUpDown, scope: 'catalog:write' },
  { path: '/promotions', label: 'nav.promotions', icon: BadgePercent, scope: 'promotions:read' },
  { path: '/inventory', label: 'nav.inventory', icon: Boxes, scope: 'stock:read' },
  { path: '/customers', label: 'nav.customers', icon: Users, scope: 'customers:read' },
  { path: '/settings', label: 'nav.settings', icon: Settings, scope: null },
];
