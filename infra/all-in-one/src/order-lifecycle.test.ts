import { orderJourneys } from './testing/order-journeys.ts';

orderJourneys();
