/** The plans to which a shop can subscribe, the smallest first. */
export const TENANT_PLANS = ['STARTER', 'PROFESSIONAL', 'ENTERPRISE'] as const;
export type TenantPlan = (typeof TENANT_PLANS)[number];
