/** What a shop has subscribed to, the smallest first. */
export const TENANT_PLANS = ['STARTER', 'PROFESSIONAL', 'ENTERPRISE'] as const;
export type TenantPlan = (typeof TENANT_PLANS)[number];
