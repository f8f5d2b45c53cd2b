import { MfaDisableDocument, MfaRecoveryCodesReplaceDocument, type MfaQuery } from '@souk/sdk';
import { Button, Card } from '@souk/ui';
import { useState } from 'react';
import { souk } from '../../api/client.ts';
import { accepted } from '../../api/refusal.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ProofForm } from './proof-form.tsx';

export interface StatusCardProps {
  readonly mfa: NonNullable<MfaQuery['mfa']>;
  /** Called with the new recovery codes after a replacement. */
  readonly onCodes: (codes: readonly string[]) => void;
  /** Called after the app is turned off. */
  readonly onOff: () => void;
}

/** The state of the authenticator app that is on. A change needs a code. */
export function StatusCard({ mfa: { confirmedAt, recoveryCodesLeft }, onCodes, onOff }: StatusCardProps) {
  const { t, dateTime } = useI18n();
  const [change, setChange] = useState<'replace' | 'turnOff' | null>(null);
  const send = async (code: string) => {
    const input = { code };
    if (change === 'turnOff') {
      accepted((await souk.run(MfaDisableDocument, { input })).mfaDisable);
      return onOff();
    }
    const { mfaRecoveryCodesReplace } = await souk.run(MfaRecoveryCodesReplaceDocument, { input });
    const { recoveryCodes } = accepted(mfaRecoveryCodesReplace);
    setChange(null);
    return onCodes(recoveryCodes ?? []);
  };
  return (
    <Card title={t('security.app')}>
      <p className="text-14">{t('security.on', { time: dateTime(confirmedAt) })}</p>
      <p className="mb-4 text-14 text-ink-2">{t('security.left', { count: recoveryCodesLeft })}</p>
      {change === null ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setChange('replace')}>{t('security.replace')}</Button>
          <Button onClick={() => setChange('turnOff')}>{t('security.turnOff')}</Button>
        </div>
      ) : (
        <>
          <p className="mb-4 text-14 text-ink-2">{t(`security.${change}.text`)}</p>
          <ProofForm proof="anyCode" submit={t(`security.${change}`)} danger={change === 'turnOff'} send={send}>
            <Button onClick={() => setChange(null)}>{t('action.cancel')}</Button>
          </ProofForm>
        </>
      )}
    </Card>
  );
}
