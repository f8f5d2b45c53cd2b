import { CommandUnavailableError, handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { err, ok, type Result } from '@souk/kit/domain';
import { AuthorizePayment, CapturePayment, RefundPayment, VoidPayment, type PaymentFacts } from '../contract.ts';
import { factsOf } from './payment.events.ts';
import type { Payment } from './payment.ts';
import type { PaymentService, StepFailure } from './payment.service.ts';

type Refused = { readonly code: 'PAYMENT_NOT_ALLOWED'; readonly message: string };
type StepError = Refused | { readonly code: 'PAYMENT_NOT_FOUND' };

/** The command handlers of payments. When the provider does not answer, the command gets no reply, and the sender repeats the command. */
export function paymentCommands(payments: PaymentService): CommandHandler[] {
  return [
    handleCommand(AuthorizePayment, async (ctx, request) => {
      const authorized = await payments.authorize(ctx, request);
      if (authorized.ok) return ok(factsOf(authorized.value));
      if (authorized.error.code !== 'PAYMENT_DECLINED') return err(refused(AuthorizePayment.name, authorized.error));
      const { code, declineCode, message } = authorized.error;
      return err({ code, declineCode, message });
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

function stepReply(command: string, result: Result<Payment, StepFailure>): Result<PaymentFacts, StepError> {
  if (result.ok) return ok(factsOf(result.value));
  if (result.error.code === 'NOT_FOUND') return err({ code: 'PAYMENT_NOT_FOUND' });
  return err(refused(command, result.error));
}

/** Converts a failure to a refusal. @throws CommandUnavailableError while the outcome of the step is unknown */
function refused(command: string, { code, message }: StepFailure): Refused {
  if (code === 'PROVIDER_UNAVAILABLE') throw new CommandUnavailableError(command);
  return { code: 'PAYMENT_NOT_ALLOWED', message };
}
