import { CommandUnavailableError, handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { err, ok, type Result } from '@souk/kit/domain';
import {
  AuthorizePayment,
  CapturePayment,
  ConfirmPayment,
  OfferedPaymentMethods,
  RefundPayment,
  VoidPayment,
  type PaymentFacts,
  type WaitingPayment,
} from '../contract.ts';
import type { PaymentAccountService } from '../account/payment-account.service.ts';
import { factsOf } from './payment.events.ts';
import type { PaymentDeclined } from './payment.errors.ts';
import type { Payment } from './payment.ts';
import type { PaymentService, StepFailure } from './payment.service.ts';

type Refused = { readonly code: 'PAYMENT_NOT_ALLOWED'; readonly message: string };
type StepError = Refused | { readonly code: 'PAYMENT_NOT_FOUND' };

/**
 * Handlers of the commands that other subgraphs send about payments. When the provider does not reply, the command gets no reply either,
 * and its sender repeats it.
 */
export function paymentCommands(payments: PaymentService, accounts: PaymentAccountService): CommandHandler[] {
  return [
    handleCommand(OfferedPaymentMethods, async (ctx, { amount }) => ({
      methods: [...(await accounts.offered(ctx, amount))],
    })),
    handleCommand(AuthorizePayment, async (ctx, request) => {
      const authorized = await payments.authorize(ctx, request);
      if (authorized.ok) return ok(progressOf(authorized.value));
      if (authorized.error.code !== 'PAYMENT_DECLINED') return err(refused(AuthorizePayment.name, authorized.error));
      return err(declineOf(authorized.error));
    }),
    handleCommand(ConfirmPayment, async (ctx, { paymentId }) => {
      const confirmed = await payments.confirm(ctx, paymentId);
      if (confirmed.ok) return ok(progressOf(confirmed.value));
      if (confirmed.error.code === 'NOT_FOUND') return err({ code: 'PAYMENT_NOT_FOUND' });
      if (confirmed.error.code !== 'PAYMENT_DECLINED') return err(refused(ConfirmPayment.name, confirmed.error));
      return err(declineOf(confirmed.error));
    }),
    handleCommand(CapturePayment, async (ctx, { paymentId, captureId: stepId, amount = null }) =>
      stepReply(CapturePayment.name, await payments.capture(ctx, { paymentId, stepId, amount })),
    ),
    handleCommand(VoidPayment, async (ctx, request) => {
      const outcome = await payments.voidOrClose(ctx, request);
      if (!outcome.ok) return err(refused(VoidPayment.name, outcome.error));
      const { voided, payment } = outcome.value;
      return ok({ voided, facts: payment && factsOf(payment) });
    }),
    handleCommand(RefundPayment, async (ctx, { paymentId, refundId: stepId, amount, reason }) => {
      const call = { paymentId, stepId, reason };
      const refunded = amount ? payments.refund(ctx, { ...call, amount }) : payments.refundRest(ctx, call);
      return stepReply(RefundPayment.name, await refunded);
    }),
  ];
}

function progressOf(payment: Payment): PaymentFacts | WaitingPayment {
  const { id: paymentId, orderId, waiting } = payment;
  return waiting ? { paymentId, orderId, status: 'PENDING', action: waiting.action } : factsOf(payment);
}

function declineOf({ code, declineCode, message }: PaymentDeclined): PaymentDeclined {
  return { code, declineCode, message };
}

function stepReply(command: string, result: Result<Payment, StepFailure>): Result<PaymentFacts, StepError> {
  if (result.ok) return ok(factsOf(result.value));
  if (result.error.code === 'NOT_FOUND') return err({ code: 'PAYMENT_NOT_FOUND' });
  return err(refused(command, result.error));
}

/** The reply for a failed step. @throws CommandUnavailableError while the outcome of the step is unknown */
function refused(command: string, { code, message }: StepFailure): Refused {
  if (code === 'PROVIDER_UNAVAILABLE') throw new CommandUnavailableError(command);
  return { code: 'PAYMENT_NOT_ALLOWED', message };
}
