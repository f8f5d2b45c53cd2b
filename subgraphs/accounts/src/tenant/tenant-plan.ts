/** The plans that a shop can subscribe to, the smallest first. */
export const TENANT_PLANS = ['STARTER', 'PROFESSIONAL', 'ENTERPRISE'] as const;
export type TenantPlan = (typeof TENANT_PLANS)[number];
