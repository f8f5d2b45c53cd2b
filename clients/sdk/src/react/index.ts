export { everyKey, operationKey, operationQuery, type OperationKey, type OperationQuery } from './operation-query.ts';
export { SoukProvider, useSouk, type SoukClients, type SoukProviderProps } from './souk-context.ts';
export { useMutationOperation, useOperation, type OperationOptions } from './use-operation.ts';
export { useSubscriptionOperation, type SubscriptionHandlers } from './use-subscription-operation.ts';
